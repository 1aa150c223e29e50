package aiguillage.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which part knows which.
class PartsTest {

    private static final String ROOT = "aiguillage.";
    private static final List<String> PARTS = List.of(
            "protocol",
            "xml",
            "config",
            "pki",
            "dataset",
            "format",
            "hub",
            "console",
            "conformance",
            "gateway",
            "simulation",
            "app");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar")) // fixtures of another part
            .importPackages("aiguillage");

    private void knowsOnly(String part, String... known) {
        String[] others = PARTS.stream()
                .filter(other -> !other.equals(part) && !List.of(known).contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(ROOT + part + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .check(ALL);
    }

    @Test
    void everyPartWasFound() {
        assertThat(PARTS)
                .allSatisfy(part -> assertThat(ALL.that(resideInAPackage(ROOT + part + "..")))
                        .isNotEmpty());
    }

    @Test
    void protocolKnowsNoOtherPart() {
        knowsOnly("protocol");
    }

    @Test
    void xmlKnowsNoOtherPart() {
        knowsOnly("xml");
    }

    @Test
    void configKnowsNoOtherPart() {
        knowsOnly("config");
    }

    @Test
    void pkiKnowsProtocol() {
        knowsOnly("pki", "protocol");
    }

    @Test
    void datasetKnowsProtocolAndXml() {
        knowsOnly("dataset", "protocol", "xml");
    }

    @Test
    void formatKnowsConfigAndXml() {
        knowsOnly("format", "config", "xml");
    }

    @Test
    void hubKnowsProtocolXmlConfigPkiDatasetAndFormat() {
        knowsOnly("hub", "protocol", "xml", "config", "pki", "dataset", "format");
    }

    @Test
    void consoleKnowsHub() {
        knowsOnly("console", "protocol", "xml", "config", "pki", "dataset", "hub");
    }

    @Test
    void conformanceKnowsHub() {
        knowsOnly("conformance", "protocol", "xml", "config", "pki", "dataset", "hub");
    }

    /// AS4's messages are proven with a client and a server of somebody else's (`As4OverTheWireTest`).
    @Test
    void noDriverOfTheKitSpeaksWithCodeOfTheHubButForAs4Messages() {
        noClasses()
                .that(resideInAPackage("aiguillage.conformance.driver"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("aiguillage.hub..").and(not(resideInAPackage("aiguillage.hub.as4"))))
                .check(ALL);
    }

    @Test
    void gatewayKnowsProtocolConfigPkiAndDataset() {
        knowsOnly("gateway", "protocol", "config", "pki", "dataset");
    }

    @Test
    void simulationKnowsHubAndGateway() {
        knowsOnly("simulation", "protocol", "xml", "config", "pki", "dataset", "format", "hub", "gateway");
    }

    @Test
    void protocolDoesNoInputOrOutput() {
        noClasses()
                .that(resideInAPackage("aiguillage.protocol.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net.http..", "org.slf4j.."))
                .check(ALL);
    }

    /// One hardened factory: what it forbids, no other reader may allow.
    @Test
    void xmlIsReadByReadersOfTheOneFactoryAlone() {
        noClasses()
                .that(resideOutsideOfPackage("aiguillage.xml"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("javax\\.xml\\.(parsers|xpath)\\..*Factory"
                        + "|javax\\.xml\\.stream\\.(XMLInputFactory|XMLEventFactory)"
                        + "|javax\\.xml\\.validation\\.SchemaFactory"
                        + "|javax\\.xml\\.transform\\.(TransformerFactory|sax\\.SAXTransformerFactory)"
                        + "|org\\.xml\\.sax\\.helpers\\.XMLReaderFactory"
                        + "|org\\.w3c\\.dom\\.ls\\.LSParser"
                        + "|java\\.beans\\.XMLDecoder|jakarta\\.xml\\.bind\\..*")
                .check(ALL);
    }

    @Test
    void theYardHasNoClockNoThreadsAndNoFiles() {
        noClasses()
                .that(resideInAnyPackage("aiguillage.hub.yard", "aiguillage.hub.entry"))
                .or()
                .haveFullyQualifiedName("aiguillage.hub.store.Overlay")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.security..",
                        "java.util.concurrent..",
                        "java.util.random..",
                        "org.rocksdb.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Thread|Process.*|Runtime)|java\\.util\\.(Random|Timer.*)"
                        + "|java\\.time\\.(InstantSource|Clock)")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(ALL);
    }

    @Test
    void packagesOfAPartFormNoCycle() {
        Stream.of("hub", "console", "conformance", "gateway", "pki", "simulation", "app")
                .forEach(part -> slices().matching(ROOT + part + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .check(ALL));
    }

    @Test
    void roomsOfTheHubsDoorFormNoCycleAndKnowNothingOfWhatPutsThemTogether() {
        slices().matching("aiguillage.hub.door.(*)").should().beFreeOfCycles().check(ALL);
        noClasses()
                .that(resideInAPackage("aiguillage.hub.door.*"))
                .should()
                .dependOnClassesThat(resideInAPackage("aiguillage.hub.door"))
                .check(ALL);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areNotPrivate()
                .or()
                .areStatic()
                .should()
                .beFinal()
                .check(ALL);
    }

    @Test
    void concreteClassesAreFinal() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotAnnotations()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(ALL);
    }
}
