"""The twelve Rights of the Code of 2020, each in plain words (domain.md 1.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Right:
    """One Right: its number, its short name, and what it means for a victim."""

    number: int
    name: str
    words: str


RIGHTS = (
    Right(
        1,
        "To understand and to be understood",
        "They can follow what is said to them, and are followed when they speak. They are given "
        "an interpreter or a translation, free, when they report, are interviewed or give "
        "evidence.",
    ),
    Right(
        2,
        "To have the crime recorded",
        "The police write down the details of the crime without unjustified delay.",
    ),
    Right(
        3,
        "To be told what happens next when they report",
        "They get a written confirmation with the crime's reference and the officer's name, sent "
        "in a way that puts nobody at risk. They are told how justice works, where to find "
        "support, and about Restorative Justice.",
    ),
    Right(
        4,
        "To be referred to support that fits their needs",
        "They are asked what they need, and whether Enhanced Rights apply. They are referred to "
        "a support service within two working days. Needs are looked at again when they change.",
    ),
    Right(
        5,
        "To be told about compensation",
        "They are told how to ask a court for compensation, and how to apply to the scheme for "
        "criminal injuries.",
    ),
    Right(
        6,
        "To be told about the investigation and the prosecution",
        "They are told of an arrest, an interview under caution, a release, bail and its "
        "conditions, a charge, and a decision not to go on, with the reasons. They agree how "
        "often they hear. They can ask for a decision to be reviewed.",
    ),
    Right(
        7,
        "To make a Victim Personal Statement",
        "They are offered the chance to say how the crime has affected them, and to have it read "
        "aloud in court.",
    ),
    Right(
        8,
        "To be told about the trial and their part in it",
        "They are told the time and place of each hearing, what was decided on bail, and whether "
        "they must give evidence. A witness is offered a visit to the court and help there.",
    ),
    Right(
        9,
        "To be told the outcome and of any appeal",
        "They are told how the trial ended, the sentence and what it means, and of an appeal and "
        "its result. They can ask for a sentence that seems too low to be reviewed.",
    ),
    Right(
        10,
        "To be paid expenses and to get property back",
        "A witness is paid the costs of coming to court. What was taken as evidence is given "
        "back as soon as it is not needed.",
    ),
    Right(
        11,
        "To be told about the offender after conviction",
        "For the most serious sentences they are passed to the Victim Contact Scheme. A liaison "
        "officer tells them of each stage of the sentence and, before it happens, of a release.",
    ),
    Right(
        12,
        "To complain if a Right was not met",
        "Whoever is complained of says within ten working days that they have the complaint, and "
        "when to expect a full reply. Then the Ombudsman can be asked.",
    ),
)
