"""Letters as they come back, in the shapes of five mail servers, for tests: `{id}` is the identifier of ours."""

OURS = """From: TRACE <trace@trace.example.org>
To: bob@elsewhere.example
Subject: Five minutes
Message-ID: <{id}@trace.example.org>

Hello Bob
"""

REPORT = """From: {sender}
To: {to}
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

{words}

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

{fields}

--cut
Content-Type: {returned_as}

{ours}
--cut--
"""


def report(fields: str, *, to: str = "bounce+{id}@trace.example.org", headers_only: bool = False, **said: str) -> str:
    """A delivery report; `to` is the address that it came to."""
    filled = {
        "sender": "Mail Delivery System <MAILER-DAEMON@mx.example.org>",
        "subject": "Undelivered Mail Returned to Sender",
        "words": "I'm sorry to have to inform you that your message could not be delivered.",
        "returned_as": "text/rfc822-headers" if headers_only else "message/rfc822",
        "ours": OURS.partition("\n\n")[0] + "\n" if headers_only else OURS,
    }
    return REPORT.format(to=to, fields=fields, id="{id}", **(filled | said))


POSTFIX_UNKNOWN = report(
    "Final-Recipient: rfc822; bob@elsewhere.example\n"
    "Original-Recipient: rfc822;bob@elsewhere.example\n"
    "Action: failed\n"
    "Status: 5.1.1\n"
    "Remote-MTA: dns; mx.elsewhere.example\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <bob@elsewhere.example>: Recipient address rejected:\n"
    "    User unknown in virtual mailbox table"
)
POSTFIX_EXPIRED = report(
    "Final-Recipient: rfc822; bob@elsewhere.example\nAction: failed\nStatus: 4.4.1\n"
    "Diagnostic-Code: X-Postfix; connect to mx.elsewhere.example: Connection timed out",
    to="trace@trace.example.org",
)
POSTFIX_LATER = report(
    "Final-Recipient: rfc822; bob@elsewhere.example\nAction: delayed\nStatus: 4.2.2\n"
    "Diagnostic-Code: smtp; 452 4.2.2 Mailbox full",
    subject="Delayed Mail (still being retried)",
)
EXIM = report(
    "Action: failed\nFinal-Recipient: rfc822;bob@elsewhere.example\nStatus: 5.0.0\n"
    "Remote-MTA: dns; mx.elsewhere.example\n"
    "Diagnostic-Code: smtp; 552 The mailbox is over quota",
    subject="Mail delivery failed: returning message to sender",
)
EXIM_OLD = """From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: trace@trace.example.org
X-Failed-Recipients: bob@elsewhere.example
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

  bob@elsewhere.example
    SMTP error from remote mail server after RCPT TO:<bob@elsewhere.example>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <trace@trace.example.org>
Message-ID: <{id}@trace.example.org>
From: TRACE <trace@trace.example.org>
"""
EXCHANGE = report(
    "Final-Recipient: rfc822;bob@elsewhere.example\nAction: failed\nStatus: 5.1.10\n"
    "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\n"
    "X-Display-Name: bob@elsewhere.example",
    subject="Undeliverable: Five minutes",
    sender="postmaster@elsewhere.example",
    headers_only=True,
)
EXCHANGE_POLICY = report(
    "Final-Recipient: rfc822;bob@elsewhere.example\nAction: failed\nStatus: 5.7.133\n"
    "Diagnostic-Code: smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
    subject="Undeliverable: Five minutes",
)
GMAIL = report(
    "Final-Recipient: rfc822; bob@elsewhere.example\nAction: failed\nStatus: 5.2.1\n"
    "Remote-MTA: dns; gmail-smtp-in.l.google.com.\n"
    "Diagnostic-Code: smtp; 550-5.2.1 The email account that you tried to reach is inactive.",
    subject="Delivery Status Notification (Failure)",
    sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
    to="BOUNCE+{ID}@TRACE.EXAMPLE.ORG",
)
SENDMAIL = report(
    "Final-Recipient: RFC822; bob@elsewhere.example\nAction: failed\nStatus: 5.1.2\n"
    "Remote-MTA: DNS; elsewhere.example\nDiagnostic-Code: SMTP; 550 Host unknown",
    subject="Returned mail: see transcript for details",
    headers_only=True,
)
SENDMAIL_RELAYED = report(
    "Final-Recipient: RFC822; bob@elsewhere.example\nAction: relayed\nStatus: 2.1.5",
    subject="Return receipt",
)
AWAY = """From: Bob <bob@elsewhere.example>
To: bounce+{id}@trace.example.org
Subject: Out of office: Five minutes
Auto-Submitted: auto-replied

I am away until Monday. My mailbox is full of letters; the user is unknown to himself.
"""
SPAM = """From: Prize <win@spam.example>
To: bounce@trace.example.org
Subject: Delivery failed? Not this one

Action: failed
Status: 5.1.1
"""
BROKEN = "Content-Type: multipart/report; report-type=delivery-status; boundary=\n\n--\nStatus: \xff5.1.1\n"
