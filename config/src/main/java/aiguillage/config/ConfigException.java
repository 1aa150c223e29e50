package aiguillage.config;

import java.util.List;
import java.util.stream.Collectors;

/// A file that cannot be used, with everything that is wrong with it.
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialised: List.copyOf would allow it, its type does not say so
    private final List<ConfigProblem> problems;

    /// @param problems at least one, in the order of the file
    /// @param count how many there are, those not listed included
    ConfigException(List<ConfigProblem> problems, int count) {
        super(text(problems, count));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String text(List<ConfigProblem> problems, int count) {
        String text = problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
        return count > problems.size() ? text + "\n… and " + (count - problems.size()) + " more problems." : text;
    }
}
