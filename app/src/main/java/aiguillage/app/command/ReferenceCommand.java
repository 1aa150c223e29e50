package aiguillage.app.command;

import aiguillage.app.conformance.SituationsPage;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Reference;
import aiguillage.gateway.GatewayConfig;
import aiguillage.hub.HubConfig;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.TableFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage reference`: the generated pages of the documentation.
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = "Prints a page of the reference, generated from the code: Markdown, or JSON.",
        footerHeading = "%nExamples:%n",
        footer = {"  aiguillage reference configuration > configuration.md", "  aiguillage reference problems --json"})
public final class ReferenceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "PAGE", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Page page = Page.CONFIGURATION;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    ReferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A generated page.
    public enum Page {
        CONFIGURATION,
        PROBLEMS,
        FLOWS,
        SITUATIONS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The page's facts, for programs.
        Object facts() {
            return switch (this) {
                case CONFIGURATION ->
                    Map.of(
                            "hub.yaml", Reference.rows(HubConfig.class),
                            "gateway.yaml", Reference.rows(GatewayConfig.class),
                            "flows.yaml", Reference.rows(TableFile.class));
                case PROBLEMS -> ProblemFacts.all();
                case FLOWS -> Reference.rows(TableFile.class);
                case SITUATIONS -> SituationsPage.ofAll().facts();
            };
        }

        /// The page, in Markdown.
        public String markdown() {
            return switch (this) {
                case CONFIGURATION ->
                    """
                        # Configuration

                        Generated from the code (`aiguillage reference configuration`); `aiguillage init` writes files
                        with the same texts. Unknown keys stop the start and name the nearest right key. Relative paths
                        start from the file's folder.

                        ## hub.yaml

                        %s
                        ## gateway.yaml

                        %s
                        ## flows.yaml

                        %s""".formatted(
                                    Reference.markdown(HubConfig.class),
                                    Reference.markdown(GatewayConfig.class),
                                    Reference.markdown(TableFile.class));
                case PROBLEMS -> """
                        # Problems

                        Generated from the code (`aiguillage reference problems`). Every refusal of the hub is
                        `application/problem+json` (RFC 9457) with one of these codes. 408, 429 and 5xx may be tried
                        again after `Retry-After`; all others are final.

                        %s""".formatted(Problem.markdown());
                case SITUATIONS -> """
                        # Situations

                        Generated from the code (`aiguillage reference situations`). What the [conformance kit](../conformance.md) plays
                        through every door, what must come of it at the line and, behind the dot, in the journal, who
                        demands it, and what an editor mends when it does not. `n/a`: the protocol has no way to express
                        it; `otherwise`: its own rules demand something else; both with the reason below.

                        %s""".formatted(SituationsPage.ofAll().markdown());
                case FLOWS -> "# flows.yaml\n\n" + Reference.markdown(TableFile.class);
            };
        }
    }

    @Override
    public Integer call() {
        if (json) {
            terminal.json(JsonMapper.shared().valueToTree(page.facts()));
        } else {
            terminal.out().print(page.markdown());
            terminal.out().flush();
        }
        return Exit.OK.code();
    }

    /// A [Problem] as it is told.
    record ProblemFacts(String code, int status, String what, String why, String remedy) {

        static List<ProblemFacts> all() {
            return Arrays.stream(Problem.values())
                    .map(problem -> new ProblemFacts(
                            problem.code(), problem.status(), problem.what(), problem.why(), problem.remedy()))
                    .toList();
        }
    }
}
