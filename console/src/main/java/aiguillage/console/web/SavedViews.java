package aiguillage.console.web;

import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.settings.HubSettings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Pages that a person has kept by name, with their filters. Each person has his own. Safe from any thread.
public final class SavedViews {

    /// Of one person.
    public static final int MAX = 20;

    private static final int NAME_CHARS_MAX = 40;
    private static final int PATH_CHARS_MAX = 1_000;
    private static final String PREFIX = "views:";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HubSettings settings;

    /// One of them.
    ///
    /// @param path of the console, with its query
    public record SavedView(String name, String path) {}

    public SavedViews(HubSettings settings) {
        this.settings = settings;
    }

    /// What a person has kept, in the order in which he kept it.
    public List<SavedView> of(Operator operator) {
        return settings.get(PREFIX + operator.name()).map(SavedViews::read).orElse(List.of());
    }

    private static List<SavedView> read(String json) {
        try {
            var views = new ArrayList<SavedView>();
            for (JsonNode one : JSON.readTree(json)) {
                views.add(new SavedView(
                        one.path("name").asString(), one.path("path").asString()));
            }
            return views;
        } catch (JacksonException notOurs) {
            return List.of();
        }
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/views", Access.SEE, this::keep), Route.post("/views/remove", Access.SEE, this::remove));
    }

    /// Keeps one; one of the same name is replaced.
    private Answer keep(Visit visit) {
        String name = visit.required("name");
        String path = visit.required("path");
        boolean isOurs = Visit.within(path).equals(path);
        if (name.length() > NAME_CHARS_MAX || path.length() > PATH_CHARS_MAX || !isOurs) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.view.wrong", NAME_CHARS_MAX);
        }
        var views = new ArrayList<>(of(visit.operator()));
        views.removeIf(view -> view.name().equals(name));
        if (views.size() >= MAX) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.view.many", MAX);
        }
        views.add(new SavedView(name, path));
        set(views, visit.operator());
        return Answer.redirect(path);
    }

    private Answer remove(Visit visit) {
        String name = visit.required("name");
        var views = new ArrayList<>(of(visit.operator()));
        views.removeIf(view -> view.name().equals(name));
        set(views, visit.operator());
        return Answer.redirect("/");
    }

    private void set(List<SavedView> views, Operator operator) {
        ArrayNode all = JSON.createArrayNode();
        views.forEach(view -> all.addObject().put("name", view.name()).put("path", view.path()));
        settings.setOwn(PREFIX + operator.name(), views.isEmpty() ? "" : JSON.writeValueAsString(all), operator);
    }
}
