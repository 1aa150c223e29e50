package aiguillage.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstMessages;
import aiguillage.protocol.PartyId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of codes and certificates is known, from the moment it is recorded and after a restart.
class AdmissionTest {

    private static final PartyId DEALER = new PartyId("dealer-7");

    @TempDir
    private Path folder;

    @Test
    void codesAreKnownUntilTheyAreVoidAlsoAfterARestart() throws Exception {
        try (RunningHub hub = new RunningHub(folder)) {
            Admission admission = hub.inside().admission();
            admission.invite(DEALER, 1);
            hub.enrolled("dealer-7");
            assertThat(admission.codes(DEALER)).extracting(Codes.Code::isUsed).containsExactly(false, true);
        }
        try (RunningHub hub = new RunningHub(folder)) {
            Admission admission = hub.inside().admission();
            assertThat(admission.codes(DEALER)).extracting(Codes.Code::isUsed).containsExactlyInAnyOrder(false, true);
            assertThat(admission.voidCodes(DEALER, "lost")).isEqualTo(2);
            assertThat(admission.codes(DEALER)).isEmpty();
            assertThat(admission.voidCodes(DEALER, "lost")).isZero();
        }
    }

    @Test
    void manyAreInvitedAtOnceOrNobody() throws Exception {
        try (RunningHub hub = new RunningHub(folder)) {
            Admission admission = hub.inside().admission();
            List<PartyId> wanted = List.of(new PartyId("dealer-8"), new PartyId("nobody"));
            assertThatThrownBy(() -> admission.invite(wanted, 1)).isInstanceOf(Refused.class);
            assertThat(admission.codes(wanted.getFirst())).isEmpty();
            List<Invitation> made = admission.invite(List.of(DEALER, wanted.getFirst()), 1);
            assertThat(made).extracting(Invitation::party).containsExactly(DEALER, wanted.getFirst());
            assertThat(made.getFirst().toString())
                    .doesNotContain(made.getFirst().code().printed());
        }
    }

    @Test
    void nobodyIsLetInUnderTheHubsOwnName() throws Exception {
        String line = "  dealer-8:";
        assertThat(RunningHub.FLOWS).contains(line);
        String flows = RunningHub.FLOWS.replace(
                line, "  hub.example: { roles: [switchyard], brands: [opel], region: eu }\n" + line);
        try (RunningHub hub = new RunningHub(folder, flows, InstantSource.system())) {
            Admission admission = hub.inside().admission();
            PartyId own = hub.inside().parts().name();
            assertThatThrownBy(() -> admission.invite(own, 1))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("hub itself");
            assertThatThrownBy(() -> admission.invite(List.of(DEALER, own), 1)).isInstanceOf(Refused.class);
            assertThat(admission.codes(DEALER)).isEmpty();
            // a code from before it was refused
            EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Journal.await(hub.inside()
                    .parts()
                    .journal()
                    .append(new Entry.EnrolmentCodeIssued(now, own, code.hash(), now.plusSeconds(3600))));
            assertThat(hub.enrol(own, code, EcKeys.generate()).toString()).contains("hub itself");
            assertThat(admission.certificates(own)).isEmpty();
        }
    }

    @Test
    void whatIsRefusedToTheOperatorLeavesNoAct() throws Exception {
        try (RunningHub hub = new RunningHub(folder)) {
            String reason = "{\"reason\":\"" + "x".repeat(Admission.REASON_CHARS_MAX + 1) + "\"}";
            assertThat(List.of(
                            hub.operator("/operator/flows", "brands: 1"),
                            hub.operator("/operator/flows?over=9999", RunningHub.FLOWS),
                            hub.operator("/operator/quarantine/dealer-7/1/release", ""),
                            hub.operator("/operator/revocations", "{\"party\":\"dealer-9\",\"reason\":\"sold\"}"),
                            hub.operator("/operator/revocations", "{\"serial\":\"xyz\",\"reason\":\"sold\"}"),
                            hub.operator("/operator/enrolments", "{\"party\":\"dealer-7\",\"hours\":0}"),
                            hub.operator("/operator/parties/dealer-7/suspend", reason),
                            hub.operator("/operator/parties/nobody/resume", "{\"reason\":\"paid\"}"),
                            hub.operator("/operator/mailboxes/nobody/try", ""),
                            hub.operator("/operator/operators/nobody/remove", "")))
                    .allSatisfy(answer -> assertThat(answer.statusCode())
                            .as(answer.uri() + ": " + answer.body())
                            .isBetween(400, 499));
            Acts acts = hub.inside().acts();
            assertThat(acts.newest(Long.MAX_VALUE, 10)).isEmpty();
            String tooLong = "x".repeat(Entry.OperatorActed.SUBJECT_CHARS_MAX + 1);
            assertThatThrownBy(() -> acts.recordCommand("apply", tooLong, ""))
                    .hasMessageContaining("What is acted on has at most");
            hub.operator("/operator/flows", RunningHub.FLOWS);
            assertThat(acts.newest(Long.MAX_VALUE, 10))
                    .singleElement()
                    .satisfies(act -> assertThat(act.entry().action()).isEqualTo("apply"));
        }
    }

    @Test
    void aCertificateIsFoundByItsSerialAndRevokedWithAllOthersOfItsParty() throws Exception {
        try (RunningHub hub = new RunningHub(folder)) {
            Admission admission = hub.inside().admission();
            Credential one = hub.enrolled("dealer-7");
            Credential two = hub.enrolled("dealer-7");
            String serial = one.chain().leaf().getSerialNumber().toString(16);
            String other = two.chain().leaf().getSerialNumber().toString(16);
            assertThat(admission.holder(serial)).contains(DEALER);
            assertThat(admission.newest(DEALER)).hasSize(2);
            assertThat(admission.revoke(serial, "lost")).containsExactly(serial);
            assertThat(admission.revoke(serial, "lost")).isEmpty();
            assertThat(admission.revokeAll(DEALER, "sold")).containsExactly(other);
            assertThat(admission.newest(DEALER)).isEmpty();
            assertThat(admission.codes(DEALER)).isEmpty();
            assertThatThrownBy(() -> admission.revokeAll(new PartyId("dealer-9"), "sold"))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void aRenewalWhoseBodyComesAfterTheRevocationGivesNothing() throws Exception {
        try (RunningHub hub = new RunningHub(folder)) {
            Admission admission = hub.inside().admission();
            Credential held = hub.enrolled("dealer-7");
            byte[] body = EstMessages.body(CertificateRequest.create(EcKeys.generate(), DEALER));
            var context = hub.parties().context(held);
            try (var slow = RawConnection.tls(
                    context, hub.enrolmentUri("/.well-known/est/simplereenroll").getPort())) {
                slow.send("POST /.well-known/est/simplereenroll HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        + EstMessages.REQUEST_TYPE + "\r\nContent-Length: " + body.length
                        + "\r\nExpect: 100-continue\r\n\r\n");
                assertThat(slow.head())
                        .as("told only to whoever was identified")
                        .contains(" 100 ");
                assertThat(admission.revokeAll(DEALER, "sold")).hasSize(1);
                assertThat(slow.send(body).head()).contains(" 401 ");
            }
            assertThat(admission.certificates(DEALER)).allMatch(one -> one.row().revoked());
        }
    }
}
