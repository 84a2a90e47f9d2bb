"""What the log says of what victims tell us, in plain words."""

ACTIONS = {
    "survey.by_phone": "Asked on the telephone how we did",
    "survey.drafts_swept": "Answers that nobody sent removed",
    "survey.expired": "Invitation to say how we did run out",
    "survey.failed": "Invitation to say how we did did not reach them",
    "survey.planned": "Invited to say how we did",
    "survey.refused": "Not invited to say how we did",
    "survey.sent": "Invitation to say how we did sent",
    "survey.withdrawn": "Invitation to say how we did taken back",
    "survey_box.opened": "Answers of a month counted together",
    "survey_concern.done": "Answer that was raised looked after",
    "survey_concern.shown": "Answer that was raised looked at",
    "survey_words.read": "Words of an answer read for others",
    "survey_words.shown": "Words of an answer looked at",
}
KINDS = {
    "survey_concern": "Answer that was raised",
    "survey_invitation": "Invitation to say how we did",
    "survey_words": "Words of an answer",
}
