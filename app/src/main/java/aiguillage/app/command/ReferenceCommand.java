package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Reference;
import aiguillage.gateway.GatewayConfig;
import aiguillage.hub.HubConfig;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.TableFile;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `aiguillage reference`: the generated pages of the documentation.
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description = "Prints a page of the reference, generated from the code, in Markdown.",
        footerHeading = "%nExamples:%n",
        footer = {"  aiguillage reference configuration > configuration.md", "  aiguillage reference problems"})
public final class ReferenceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "PAGE", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Page page = Page.CONFIGURATION;

    ReferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A generated page.
    public enum Page {
        CONFIGURATION,
        PROBLEMS,
        FLOWS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
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
                case FLOWS -> "# flows.yaml\n\n" + Reference.markdown(TableFile.class);
            };
        }
    }

    @Override
    public Integer call() {
        terminal.out().print(page.markdown());
        terminal.out().flush();
        return Exit.OK.code();
    }
}
