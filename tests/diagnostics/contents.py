"""A small questionnaire written by hand: one page with a statement in one space and one in three."""

CONTENT = {
    "preset": "focused",
    "primary_space": "team",
    "language": "en-GB",
    "scale": {
        "key": "agreement",
        "prompt": "How far do you agree with each statement?",
        "points": [
            {"value": 1, "label": "Strongly disagree"},
            {"value": 2, "label": "Disagree"},
            {"value": 3, "label": "Neither agree nor disagree"},
            {"value": 4, "label": "Agree"},
            {"value": 5, "label": "Strongly agree"},
        ],
        "not_scored_label": "Don’t know / does not apply",
    },
    "spaces": [
        {"key": "self", "name": "Self", "frame": "Think about your own leadership."},
        {"key": "team", "name": "Team", "frame": "Think of one team."},
        {"key": "system", "name": "System", "frame": "Think of your organisation and the others."},
    ],
    "pages": [
        {
            "condition": "task",
            "name": "Task",
            "definition": "People agree what they are working on.",
            "indicators": [
                {
                    "key": "T1",
                    "title": "Talking the task through",
                    "statements": [{"key": "T1.team", "space": "team", "text": "We talk about our task & why."}],
                },
                {
                    "key": "T5",
                    "title": "Defining success",
                    "statements": [
                        {"key": "T5.self", "space": "self", "text": "I agree what success is."},
                        {"key": "T5.team", "space": "team", "text": "We agree what success is."},
                        {"key": "T5.system", "space": "system", "text": "Partners agree what success is."},
                    ],
                },
            ],
            "open_questions": [
                {"key": "OQ_task_helps", "text": "What helps?"},
                {"key": "OQ_task_most", "text": "What would help most?"},
            ],
        },
        {
            "condition": "route",
            "name": "Route",
            "definition": "People share a plan.",
            "indicators": [
                {
                    "key": "R1",
                    "title": "Planning together",
                    "statements": [{"key": "R1.team", "space": "team", "text": "We plan together."}],
                }
            ],
            "open_questions": [{"key": "OQ_route_helps", "text": "What helps you to plan?"}],
        },
    ],
}
