package aiguillage.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Address;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.hub.HubConfig;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people do in the console, by clicking, with keys that really sign: one hub, each deed on parties and
/// flows of its own. Ada reads English, Chloé French.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DeedsTest {

    private static final String FLOWS = RunningHub.FLOWS.replace(
                    "flows:\n", "  opel: { roles: [manufacturer], brands: [opel], region: eu }\nflows:\n")
            + """
              datasets:
                opel/prices:
                  from: manufacturer
                  to: dealer
                  columns: [{ name: part, key: true }, { name: price, type: decimal, currency: EUR }]
                  csv: { separator: semicolon }
                  guards: { changed-max: { price: 50 } }
              """;

    private Chromium chromium;
    private ConsoleSite site;
    private RunningHub hub;
    private Person ada;
    private Person chloe;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        InstantSource clock = InstantSource.system();
        hub = new RunningHub(alerting(RunningHub.config(folder, FLOWS, clock)), clock);
        site = ConsoleSite.guarded(hub);
        ada = person("en").enrolFirst(site.console().firstLink().orElseThrow(), "blue");
        chloe = person("fr").enrol(invite("chloe", "administer", ""), "clé rouge");
    }

    @AfterAll
    void stop() throws Exception {
        if (site != null) {
            site.close();
            chromium.close();
        }
    }

    /// A hub whose alerts may reach listeners on loopback.
    private static HubConfig alerting(HubConfig config) {
        return new HubConfig(
                config.name(),
                config.data(),
                config.flows(),
                config.schemas(),
                config.listen(),
                config.certificates(),
                config.authorities(),
                config.limits(),
                config.doors(),
                new HubConfig.Console(new Address("127.0.0.1", 0), null, null, null, true));
    }

    private Person person(String language) {
        return new Person(chromium.browser(), site.uri("/"), language);
    }

    /// By Ada, at the page of operators.
    ///
    /// @return the link of the invitation
    private String invite(String name, String rank, String brands) throws Exception {
        ada.to("/operators").look("operators");
        ada.fill("people.name", name).choose("people.rank", rank).fill("people.brands", brands);
        ada.fill("web.reason", "joins the desk").press("people.invite").confirm();
        ada.requireHeading(ada.text("people.invitation", name)).look("invitation");
        return ada.page().locator("#link").innerText().strip();
    }

    private void submit(HttpClient dealer, String flow, String id) throws Exception {
        HttpResponse<String> answer = hub.submit(dealer, "dealer-7", flow, id, id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private List<JsonNode> inbox(HttpClient reader) throws Exception {
        var events = new ArrayList<JsonNode>();
        JsonMapper.shared().readTree(hub.get(reader, "/v1/inbox").body()).forEach(events::add);
        return events;
    }

    private List<String> ids(HttpClient reader) throws Exception {
        return inbox(reader).stream().map(one -> one.path("id").asString()).toList();
    }

    private void end(HttpClient reader, String what) throws Exception {
        assertThat(hub.post(reader, "/v1/inbox/acknowledgements", what).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSecondKeySignsInWhenTheFirstIsLost() throws Exception {
        String link = invite("denis", "see", "opel");
        try (Person denis = person("fr")) {
            denis.enrol(link, "première").to("/keys").look("keys");
            denis.fill("people.label", "seconde");
            // The key in the drawer is another one: the one that is known would say so.
            denis.plugKey().press("people.keys.add").touch(0).confirm();
            denis.requireHeading(denis.text("people.keys.title"))
                    .requireSaid("seconde")
                    .look("keys-two");
            denis.signOut().unplugKey(0).signIn().look("signed-in");
        }
    }

    @Test
    void anOperatorIsInvitedComesInSeesItsBrandAndIsRemoved() throws Exception {
        String link = invite("bruno", "operate", "opel");
        try (Person bruno = person("fr")) {
            bruno.enrol(link, "clé de Bruno").look("overview-of-a-brand");
            bruno.to("/flows").requireSaid("opel").requireUnsaid("citroen").look("flows-of-a-brand");
            ada.to("/operators/bruno").look("operator");
            ada.fillIn(ada.form("/operators/bruno/removal"), "web.reason", "moved on");
            ada.press("people.remove").confirm();
            ada.requireHeading(ada.text("people.operators.title")).requireUnsaid("bruno");
            bruno.page().reload();
            bruno.requireHeading(bruno.text("people.sign-in"));
        }
    }

    @Test
    void deliveriesAreReleasedTogetherAndReturnedSingly() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("citroen-centre")) {
            for (String id : List.of("held-1", "held-2", "held-3")) {
                submit(dealer, "citroen/warranty-claim", id);
                end(
                        centre,
                        "{\"reject\":[{\"position\":"
                                + inbox(centre).getLast().path("position").asString()
                                + ",\"reason\":\"illisible\"}]}");
            }
            chloe.to("/quarantine?party=citroen-centre").look("quarantine");
            chloe.tick("trouble.choose.one", "held-1", "citroen-centre");
            chloe.tick("trouble.choose.one", "held-2", "citroen-centre");
            chloe.fill("web.reason", "schéma réparé").press("trouble.release").confirm();
            chloe.requireSaid(chloe.text("trouble.released", 2, 0).strip()).look("released");
            assertThat(ids(centre)).containsExactly("held-1", "held-2");
            chloe.to("/quarantine?party=citroen-centre").tick("trouble.choose.one", "held-3", "citroen-centre");
            chloe.fill("web.reason", "sans objet").press("trouble.return").confirm();
            chloe.requireSaid(chloe.text("trouble.returned", 1, 0).strip()).look("returned");
            assertThat(hub.get(dealer, "/v1/documents/held-3").body()).contains("\"state\":\"returned\"");
        }
    }

    @Test
    void aReplayIsShownBeforeItIsDone() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            submit(dealer, "opel/note", "note-1");
            end(centre, "{\"acknowledgeUpTo\":{\"position\":100000}}");
            ada.to("/replays/new").look("replay-new");
            ada.fill("trouble.reader", "opel-centre").fill("trouble.sender", "dealer-7");
            ada.fill("trouble.document-id", "note-1").press("trouble.show-preview");
            ada.requireSaid(ada.text("trouble.preview")).look("replay-preview");
            ada.fill("web.reason", "the folder was lost").press("trouble.replay.do", 1L, "opel-centre");
            ada.confirm().requireHeading(ada.text("trouble.replays"));
            ada.requireSaid("the folder was lost").look("replays");
            Until.holds("it is offered", () -> ids(centre).contains("note-1"));
        }
    }

    @Test
    void aPartyIsInvitedSuspendedResumedAndRevoked() throws Exception {
        chloe.to("/parties/dealer-8").look("party");
        chloe.press("parties.invite.do").confirm();
        Locator code = chloe.page().locator("svg.qr");
        assertThat(code.boundingBox().width).isGreaterThan(100);
        chloe.requireSaid("aiguillage gateway enrol --code").look("sheet");
        chloe.to("/parties/dealer-8").fillIn(chloe.form("/parties/dealer-8/suspend"), "web.reason", "à vérifier");
        chloe.press("parties.suspend.do").confirm();
        chloe.requireSaid(chloe.text("parties.done.suspended")).look("suspended");
        chloe.fillIn(chloe.form("/parties/dealer-8/resume"), "web.reason", "tout va bien");
        chloe.press("parties.resume.do").confirm();
        chloe.requireSaid(chloe.text("parties.done.resumed"));
        chloe.fillIn(chloe.form("/parties/dealer-8/revoke"), "web.reason", "vendu");
        chloe.press("parties.revoke.do").confirm();
        chloe.requireSaid(chloe.text("parties.done.revoked")).look("revoked");
    }

    @Test
    void partiesArePastedLookedAtAppliedAndGivenCodes() throws Exception {
        ada.to("/parties/bulk").look("bulk");
        ada.fill("parties.bulk.paste", "town-1;opel;dealer;fr;eu\ntown-2;opel, citroen;dealer;de;eu");
        ada.press("parties.bulk.check").requireSaid("town-2: {").look("bulk-checked");
        ada.press("parties.bulk.draft")
                .requireHeading(ada.text("flows.proposal"))
                .look("bulk-change");
        ada.fill("web.reason", "they move in").press("flows.apply.do").confirm();
        ada.requireSaid(ada.text("parties.codes-many.do")).look("codes");
        ada.fill("web.reason", "they move in")
                .press("parties.codes-many.do")
                .confirm()
                .requireSaid(ada.text("parties.codes-many.download"));
        assertThat(hub.inside().parts().flows().table().text()).contains("town-1: {", "town-2: {");
    }

    @Test
    void aChangeOfFlowsIsComparedAndApplied() throws Exception {
        chloe.to("/flows/change").look("flows-change");
        Locator text = chloe.page().locator("#text");
        String before = text.inputValue();
        text.fill(before.replace(
                "  opel/film:", "  opel/order: { from: dealer, to: opel-centre, payload-max: 2MB }\n  opel/film:"));
        chloe.pressIn(chloe.form("/flows/change"), "flows.change.check").requireSaid(chloe.text("flows.proposal.good"));
        chloe.requireSaid("opel/order: { from: dealer").look("flows-proposal");
        chloe.fill("web.reason", "les commandes commencent")
                .press("flows.apply.do")
                .confirm();
        chloe.requireHeading(chloe.text("flows.title")).look("flows-applied");
        chloe.to("/flows/opel/order").requireSaid("opel-centre").look("flow");
        chloe.to("/flows/history").requireSaid("les commandes commencent").look("flows-history");
    }

    private Person publish(Person person, String csv) throws Exception {
        person.to("/prices/opel/prices/publish");
        person.page()
                .locator("#file")
                .setInputFiles(new FilePayload("april.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
        person.press("prices.check").requireHeading(person.text("prices.draft", "april.csv"));
        person.look("prices-draft").fill("web.reason", "April").press("prices.publish");
        return person.confirm();
    }

    @Test
    void pricesArePublishedAndWhatIsHeldIsReleasedByASecondPerson() throws Exception {
        publish(ada, "part;price\nA1;100.00\nA2;10.00\n")
                .requireHeading("Version 1")
                .look("prices-version");
        publish(ada, "part;price\nA1;900.00\nA2;90.00\n");
        ada.requireSaid(ada.text("prices.held.own")).look("prices-held");
        String held = ada.page().url();
        chloe.to(held).look("prices-held-seen");
        chloe.fill("web.reason", "vu avec le constructeur")
                .press("prices.release")
                .confirm();
        chloe.requireHeading("Version 2").look("prices-released");
        chloe.to("/prices").requireSaid("opel/prices").look("prices");
        chloe.to("/prices/opel/prices").look("prices-dataset");
        chloe.to("/prices/opel/prices/differences?before=1&after=2").look("prices-differences");
    }

    @Test
    void anAlertIsMadeAndTried() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(15_000);
            CompletableFuture<Integer> called = CompletableFuture.supplyAsync(() -> firstByte(listener));
            chloe.to("/alerts").look("alerts");
            chloe.fill("alerts.name", "attente")
                    .choose("alerts.what", "waiting")
                    .fill("alerts.limit", "5");
            chloe.fill("alerts.webhook", "https://localhost:" + listener.getLocalPort() + "/hub");
            chloe.fill("web.reason", "retards")
                    .press("alerts.add")
                    .confirm()
                    .requireSaid(chloe.text("alerts.sent.never"))
                    .look("alerts-one");
            chloe.press("alerts.test.of", "attente");
            assertThat(called.get(15, TimeUnit.SECONDS))
                    .as("a TLS handshake (RFC 8446, 5.1)")
                    .isEqualTo(22);
            chloe.requireSaid("✕").look("alerts-tried"); // who says nothing of TLS takes nothing
            chloe.press("alerts.silence.of", "attente").requireSaid(chloe.page().locator(".state.warn"), "");
            chloe.press("alerts.remove.of", "attente");
            chloe.fill("web.reason", "un essai")
                    .press("people.reason.button")
                    .confirm()
                    .requireSaid(chloe.text("alerts.none"));
        }
    }

    private static int firstByte(ServerSocket listener) {
        try (Socket call = listener.accept()) {
            call.setSoTimeout(10_000);
            return call.getInputStream().read();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void maintenanceIsAnnouncedOnEveryPageAndEnded() throws Exception {
        ada.to("/maintenance").look("maintenance");
        ada.fill("alerts.maintenance.english", "Disks are exchanged.");
        ada.fill("alerts.maintenance.french", "Remplacement de disques.");
        ada.fill("web.reason", "old disks").press("alerts.maintenance.announce").confirm();
        ada.requireSaid("Disks are exchanged.").look("maintenance-on");
        chloe.to("/ledger").requireSaid("Remplacement de disques.").look("maintenance-seen");
        ada.to("/maintenance").fillIn(ada.form("/maintenance/end"), "web.reason", "done");
        ada.press("alerts.maintenance.end").confirm().requireUnsaid("Disks are exchanged.");
    }

    @Test
    void aPageIsKeptByNameAndLeadsBack() throws Exception {
        ada.to("/tail?flow=opel%2Fnote");
        Page page = ada.page();
        page.locator("footer summary").click();
        ada.fillIn(page.locator("footer"), "web.view.name", "Notes").press("web.view.keep");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Notes").setExact(true))
                .click();
        ada.requireHeading(ada.text("tail.title")).look("saved-view");
        assertThat(page.url()).endsWith("/tail?flow=opel%2Fnote");
    }

    @Test
    void aDocumentsBundleIsDownloaded() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7")) {
            submit(dealer, "opel/film", "film-1");
        }
        chloe.to("/documents/dealer-7/film-1").look("document");
        chloe.press("document.verify")
                .requireSaid(chloe.text("document.proofs.good", 1))
                .look("document-verified");
        Download bundle = chloe.page()
                .waitForDownload(() -> chloe.page()
                        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(chloe.text("document.bundle")))
                        .click());
        try (InputStream file = bundle.createReadStream();
                var zip = new ZipInputStream(file)) {
            assertThat(zip.getNextEntry()).isNotNull();
        }
    }

    @Test
    void aContentIsShownAndTheLookStandsAmongWhatWasDone() throws Exception {
        try (HttpClient dealer = hub.client("dealer-7")) {
            submit(dealer, "opel/film", "film-2");
        }
        ada.to("/documents/dealer-7/film-2/content").look("content");
        ada.to("/activity").requireSaid("film-2").look("activity");
        ada.to("/sessions").look("sessions");
    }
}
