package aiguillage.hub.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What operators announce: work on the hub, now or later. Documents go on. Kept as the setting [#SETTING], from which
/// the public status is made too.
///
/// @param english,french the notice; one of them stands for the other where that is empty
/// @param from when it begins; null: it has begun
/// @param until when it is planned to end; null: not known
public record Maintenance(
        String english,
        String french,
        @Nullable Instant from,
        @Nullable Instant until) {

    /// The name of the setting: `{"en":"…","fr":"…","from":"…","until":"…"}`.
    public static final String SETTING = "maintenance";

    /// Of each text.
    public static final int TEXT_CHARS_MAX = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    /// @throws IllegalArgumentException when no text is given, one is too long, or it ends before it begins
    public Maintenance {
        if (english.isBlank() && french.isBlank()) {
            throw new IllegalArgumentException("A notice has a text");
        }
        if (english.length() > TEXT_CHARS_MAX || french.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException("A notice has at most " + TEXT_CHARS_MAX + " characters");
        }
        if (from != null && until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("A notice ends after it begins");
        }
    }

    /// What is announced now; empty when nothing is, or when its end has passed.
    public static Optional<Maintenance> announced(HubSettings settings, Instant now) {
        return announced(settings.get(SETTING), now);
    }

    /// The same, of what the setting says.
    public static Optional<Maintenance> announced(Optional<String> setting, Instant now) {
        return setting.flatMap(Maintenance::read).filter(one -> one.until == null || one.until.isAfter(now));
    }

    private static Optional<Maintenance> read(String setting) {
        try {
            JsonNode all = JSON.readTree(setting);
            return Optional.of(new Maintenance(
                    all.path("en").asString(""),
                    all.path("fr").asString(""),
                    instant(all.path("from")),
                    instant(all.path("until"))));
        } catch (JacksonException | IllegalArgumentException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isString() ? Instant.parse(node.asString()) : null;
    }

    /// As the setting has it.
    public String json() {
        ObjectNode all = JSON.createObjectNode().put("en", text("en")).put("fr", text("fr"));
        if (from != null) {
            all.put("from", from.toString());
        }
        if (until != null) {
            all.put("until", until.toString());
        }
        return JSON.writeValueAsString(all);
    }

    /// The notice in a language, or in the other one.
    public String text(String language) {
        String wanted = language.equals("fr") ? french : english;
        String other = language.equals("fr") ? english : french;
        return wanted.isBlank() ? other : wanted;
    }
}
