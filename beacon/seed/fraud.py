"""Fraud: what was lost, what firms were asked, what came back and what was prevented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from itertools import count

from beacon.cases.models import FraudReport
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.fraud_hub import commands as hub
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.fraud_hub.rules import ROUTE_OF_SCHEME
from beacon.fraud_hub.terms import (
    Channel,
    ClaimStatus,
    Contribution,
    Destination,
    Known,
    LetterKind,
    OmbudsmanStep,
    Payer,
    PaymentMethod,
    RefusalGround,
    Route,
    Scheme,
)
from beacon.seed.arrivals import Row
from beacon.seed.ledger import Ledger
from beacon.seed.reaching import Reaching
from beacon.seed.scene import Scene
from beacon.seed.words import BANKS

OTHER_WAYS = (Route.BANK_GOODWILL, Route.BANK_RECALL, Route.FOS_AWARD, Route.MERCHANT_REFUND)
PREVENTED = (Route.BANKING_PROTOCOL_STOP, Route.BANK_BLOCKED, Route.VICTIM_STOPPED_PAYING)
NO_LOSS_OF, PREVENTS_OF = 9, 3  # of so many cases one has no loss yet, one prevents another
WENT = (Destination.UK_ACCOUNT,) * 6 + (Destination.CRYPTO, Destination.NOT_KNOWN)
GROUNDS = (
    RefusalGround.IGNORED_WARNING,
    RefusalGround.NO_REASONABLE_BASIS,
    RefusalGround.GROSS_NEGLIGENCE,
    RefusalGround.CIVIL_DISPUTE,
    RefusalGround.NONE_GIVEN,
)
SAID = (
    "They have the claim and look at it this week.",
    "They ask for the messages from the seller.",
    "No news. Promised to ring back.",
)
HELPED = (Contribution.ADVOCATED, Contribution.ADVOCATED, Contribution.ADVISED, Contribution.NONE)
ROUTES = {scheme: route for route, scheme in ROUTE_OF_SCHEME.items()}


class Hub:
    """The money of every fraud case."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reaching = Reaching(scene)
        self.ledger = Ledger(scene)
        self._papers = count(1)
        self._firms: dict[str, int] = {}
        self._begun = count(1)

    def open_directory(self, actor: Actor) -> Mapping[str, int]:
        """The made-up firms with their fraud teams, two of which never signed the CRM Code."""
        if not self._firms:
            for place, name in enumerate(BANKS):
                word = "".join(letter for letter in name.lower() if letter.isalpha())
                signed = place % 3 != 2
                given = hub.BankGiven(
                    name=name,
                    group_name="Sample Holdings" if place % 2 else "",
                    brands=f"{name} Direct" if place % 2 else "",
                    telephone=f"0808 157 0{place + 100}",
                    email=f"fraud@{word}.example",
                    address=f"Fraud team\n{name}\n{place + 1} Example Street\nSampletown",
                    opening="Monday to Friday, 8 to 8" if place % 2 else "Every day, at any time",
                    crm_known=place != 0,
                    crm_from=date(2019, 5, 28) if signed and place else None,
                )
                self._firms[name] = hub.add_bank(given, actor=actor).id
        return self._firms

    def begin(self, case_id: int, row: Row) -> None:
        """A fraud officer has the case: the payments are logged, for most of them."""
        put, soon = self.scene.diary.put, self.scene.soon
        place = next(self._begun)
        self.reaching.begin(case_id)
        if place % NO_LOSS_OF:
            put(soon(1, 4), partial(self.log_losses, case_id, row))
        if place % PREVENTS_OF == 0:
            put(soon(2, 25), partial(self.prevent, case_id))

    def log_losses(self, case_id: int, row: Row) -> None:
        """Part the amount of the report into the payments that make it up."""
        case, chance = self.scene.case(case_id), self.scene.chance
        report = db.session.query(FraudReport).filter_by(crime_id=case.crime_id).one()
        whole = report.amount_lost_pence or 0
        first, last = report.first_payment_on, report.last_payment_on
        if row.fraud is None or first is None or last is None:
            return
        parts = chance.whole(1, 3) if whole > 50_000 else 1
        for place in range(parts):
            days = (last - first).days * place // parts
            loss = hub.record_loss(
                case,
                hub.LossFacts(
                    paid_on=first + timedelta(days=days),
                    method=PaymentMethod(chance.pick(row.fraud.methods)),
                    amount_pence=whole // parts + (whole % parts if place == parts - 1 else 0),
                    authorised=row.fraud.code != "NFIB3E" or chance.happens(0.5),
                    sending_bank=report.sending_bank,
                    sending_account=self._account(),
                    receiving_bank=chance.pick(BANKS),
                    receiving_account=self._account(),
                    destination=chance.pick(WENT),
                    payer=Payer.CONSUMER,
                    in_pounds=Known.YES,
                    is_dispute=chance.pick((Known.NO, Known.NO, Known.NO, Known.NOT_KNOWN)),
                    dates_are_right=True,  # the report is of the last payment, or before it
                ),
                token=hub.new_token(),
                actor=self.scene.manager_of(case).actor,
            )
            if chance.happens(0.85):
                self.scene.diary.put(self.scene.soon(1, 6), partial(self.claim, loss.id))

    def claim(self, loss_id: int) -> None:
        """Ask the firm for the money; it answers some weeks later, or not yet."""
        loss = db.session.get_one(Loss, loss_id)
        case = self.scene.case(loss.case_id)
        actor = self.scene.manager_of(case).actor
        firms = self.open_directory(actor)
        claim = hub.record_claim(
            case,
            hub.ClaimFacts(
                loss_id=loss.id,
                made_on=clock.today(),
                amount_pence=loss.amount_pence,
                firm=loss.sending_bank,
                bank_id=firms.get(loss.sending_bank),
                late_because="The firm agreed to look at it.",
            ),
            token=hub.new_token(),
            actor=actor,
        )
        if self.scene.chance.happens(0.6):
            self.scene.diary.put(self.scene.soon(2, 8), partial(self.ring, claim.id))
        if self.scene.chance.happens(0.85):
            self.scene.diary.put(self.scene.soon(4, 34), partial(self.answer, claim.id))

    def ring(self, claim_id: int) -> None:
        """An officer rings the fraud team, and writes down what is next; some write a letter."""
        claim, chance = db.session.get_one(BankClaim, claim_id), self.scene.chance
        actor = self.scene.manager_of(self.scene.case(claim.case_id)).actor
        waits = claim.status.awaits_a_reply
        contact = hub.ContactFacts(
            channel=Channel.CALL_OUT,
            on=clock.today(),
            spoke_to="The fraud team",
            words=chance.pick(SAID),
            next_step="Ring again" if waits else "",
            next_on=clock.today() + timedelta(days=5) if waits else None,
        )
        hub.log_contact(claim, contact, token=hub.new_token(), actor=actor)
        if waits and chance.happens(0.2):
            hub.begin_letter(claim, LetterKind.CHASER, token=hub.new_token(), actor=actor)

    def go_to_ombudsman(self, claim_id: int) -> None:
        """A refusal is taken to the ombudsman, where it was not put right meanwhile."""
        claim = db.session.get_one(BankClaim, claim_id)
        if claim.status is not ClaimStatus.REFUSED:
            return
        facts = hub.OmbudsmanFacts(
            step=OmbudsmanStep.SENT, on=clock.today(), reference=f"FOS-{claim.id:06}"
        )
        actor = self.scene.manager_of(self.scene.case(claim.case_id)).actor
        hub.to_ombudsman(claim, facts, actor=actor)

    def answer(self, claim_id: int) -> None:
        """The firm answers: it agrees, or refuses and is asked again."""
        claim = db.session.get_one(BankClaim, claim_id)
        chance, actor = self.scene.chance, self.scene.manager_of(self.scene.case(claim.case_id))
        if not claim.status.awaits_a_reply:
            return
        agrees = chance.happens(0.72)
        if agrees:
            share = chance.pick((50, 80, 100, 100))
            facts = hub.ReplyFacts(
                answer=ClaimStatus.AGREED,
                on=clock.today(),
                agreed_pence=claim.amount_pence * share // 100,
            )
            self.scene.diary.put(self.scene.soon(1, 8), partial(self.money_back, claim.id))
        else:
            facts = hub.ReplyFacts(
                answer=ClaimStatus.REFUSED, on=clock.today(), ground=chance.pick(GROUNDS)
            )
            if chance.happens(0.5):
                self.scene.diary.put(self.scene.soon(3, 12), partial(self.appeal, claim.id))
            elif chance.happens(0.4):
                self.scene.diary.put(
                    self.scene.soon(5, 20), partial(self.go_to_ombudsman, claim.id)
                )
        hub.record_reply(claim, facts, actor=actor.actor)

    def appeal(self, claim_id: int) -> None:
        """A refusal is appealed; some appeals end with money."""
        claim = db.session.get_one(BankClaim, claim_id)
        hub.record_reply(
            claim,
            hub.ReplyFacts(answer=ClaimStatus.APPEALED, on=clock.today()),
            actor=self.scene.manager_of(self.scene.case(claim.case_id)).actor,
        )
        if self.scene.chance.happens(0.5):
            self.scene.diary.put(self.scene.soon(20, 45), partial(self.money_back, claim_id))

    def money_back(self, claim_id: int) -> None:
        """Money has been received, by the route of its scheme or by another."""
        claim = db.session.get_one(BankClaim, claim_id)
        loss, chance = claim.loss, self.scene.chance
        by_scheme = ROUTES.get(loss.scheme) if claim.status is not ClaimStatus.APPEALED else None
        amount = claim.agreed_pence or claim.amount_pence * chance.pick((40, 60, 100)) // 100
        if loss.scheme is Scheme.PSR and by_scheme is not None:
            amount = min(amount, 85_000_00)
        case = self.scene.case(claim.case_id)
        logged = hub.record_recovered(
            case,
            hub.RecoveredFacts(
                loss_id=loss.id,
                route=by_scheme or chance.pick(OTHER_WAYS),
                contribution=chance.pick(HELPED),
                amount_pence=max(1, amount),
                received_on=clock.today(),
                evidence=self._paper(clock.today()),
            ),
            token=hub.new_token(),
            actor=self.scene.manager_of(case).actor,
        )
        self.ledger.ask_second(logged)
        if chance.happens(0.15):
            self._interest(claim)

    def prevent(self, case_id: int) -> None:
        """A payment that did not happen."""
        case, chance = self.scene.case(case_id), self.scene.chance
        logged = hub.record_prevented(
            case,
            hub.PreventedFacts(
                route=chance.pick(PREVENTED),
                contribution=chance.pick(HELPED),
                amount_pence=chance.whole(3, 90) * 100_00,
                on=clock.today(),
                evidence=self._paper(clock.today()),
            ),
            token=hub.new_token(),
            actor=self.scene.manager_of(case).actor,
        )
        self.ledger.ask_second(logged)

    def _interest(self, claim: BankClaim) -> None:
        case = self.scene.case(claim.case_id)
        hub.record_recovered(
            case,
            hub.RecoveredFacts(
                loss_id=claim.loss_id,
                route=Route.INTEREST_COMPENSATION,
                contribution=Contribution.ADVOCATED,
                amount_pence=self.scene.chance.whole(50, 250) * 1_00,
                received_on=clock.today(),
                evidence=self._paper(clock.today()),
            ),
            token=hub.new_token(),
            actor=self.scene.manager_of(case).actor,
        )

    def _account(self) -> str:
        """A sort code that no bank has, and an account."""
        return (
            f"00-00-{self.scene.chance.whole(10, 99)} {self.scene.chance.whole(10**7, 10**8 - 1)}"
        )

    def _paper(self, day: date) -> str:
        return f"LET/{day:%y%m}/{next(self._papers):04}"
