package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.conformance.Foreign;
import aiguillage.conformance.report.Report;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage conformance verify`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Whether a report is as it was signed, and by whom.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage conformance verify conformance.json",
            "  aiguillage conformance verify conformance.json --root root.pem",
        })
final class ConformanceVerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "REPORT", description = "The report.")
    private Path file = Path.of(".");

    @Option(names = "--root", paramLabel = "FILE", description = "Roots (PEM) that the signer's certificate leads to.")
    private @Nullable Path root;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    ConformanceVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Report report;
        try {
            report = Report.verified(file);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.NO, file + ": " + e.getMessage() + ".", e);
        }
        String signer = signer(report);
        if (json) {
            var answer = JsonMapper.shared().createObjectNode().put("signer", signer);
            answer.set("report", report.report());
            terminal.json(answer);
            return Exit.OK.code();
        }
        terminal.say("The report is as it was signed, by " + signer + ".");
        terminal.say("Kit " + said(report, "version") + ", " + said(report, "mode") + ", " + said(report, "against")
                + ", " + said(report, "ended") + ".");
        report.counted().forEach((door, counts) -> terminal.say(new Foreign(door + ": " + sentence(counts)).text()));
        return Exit.OK.code();
    }

    private static String sentence(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().replace('-', ' '))
                .collect(Collectors.joining(", "));
    }

    /// Whoever signed it chose the words.
    private static String said(Report report, String member) {
        return new Foreign(report.report().path(member).asString("")).text();
    }

    private String signer(Report report) throws IOException {
        CertificateChain chain = report.chain();
        if (root == null) {
            return chain == null
                    ? "the kit's key " + report.fingerprint()
                    : PartyCertificate.of(chain.leaf()).party() + ", whose certificate was not checked (--root)";
        }
        if (chain == null) {
            throw new Failure(
                    Exit.NO,
                    "The report is signed by a key of the kit's own, " + report.fingerprint() + ", by no party.");
        }
        try {
            new PartyTrustManager(TrustAnchors.read(root), InstantSource.system())
                    .checkClientTrusted(chain.certificates().toArray(X509Certificate[]::new), "EC");
        } catch (CertificateException e) {
            throw new Failure(Exit.NO, "The signer's certificate does not lead to " + root + ": " + e.getMessage(), e);
        }
        return PartyCertificate.of(chain.leaf()).party().value();
    }
}
