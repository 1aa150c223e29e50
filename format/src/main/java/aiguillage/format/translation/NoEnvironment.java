package aiguillage.format.translation;

import java.util.Set;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import org.jspecify.annotations.Nullable;

/// The environment as stylesheets see it: there is none.
final class NoEnvironment implements EnvironmentVariableResolver {

    @Override
    public Set<String> getAvailableEnvironmentVariables() {
        return Set.of();
    }

    @Override
    public @Nullable String getEnvironmentVariable(String name) {
        return null;
    }
}
