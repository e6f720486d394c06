#!/bin/bash
# Asks for a page again and again until /run/enough is there, and writes down what each answer was.
while [ ! -f /run/enough ]; do
    curl -sS -o /dev/null -m 20 -w '%{http_code}\n' "https://$1/accounts/login/" || echo failed
    sleep 0.05
done > /run/visits 2>&1
