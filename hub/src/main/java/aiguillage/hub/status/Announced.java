package aiguillage.hub.status;

import aiguillage.hub.status.PublicStatus.Notice;
import aiguillage.hub.status.PublicStatus.Planned;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator has announced: the setting `maintenance`, either a text, or
/// `{"en":"…","fr":"…","from":"…","until":"…"}` of which all but one text may be left out. A list of such is
/// several works.
///
/// @param notice of what goes on now; null when nothing does
/// @param planned what is to come
record Announced(@Nullable Notice notice, List<Planned> planned) {

    static final Announced NOTHING = new Announced(null, List.of());

    private static final JsonMapper JSON = JsonMapper.shared();

    static Announced of(String setting, Instant now) {
        if (setting.isBlank()) {
            return NOTHING;
        }
        JsonNode said;
        try {
            said = JSON.readTree(setting);
        } catch (JacksonException text) {
            return new Announced(new Notice(setting, setting), List.of());
        }
        if (!said.isObject() && !said.isArray()) {
            return new Announced(new Notice(setting, setting), List.of());
        }
        Notice notice = null;
        var planned = new java.util.ArrayList<Planned>();
        for (JsonNode one : said.isArray() ? said.values() : List.of(said)) {
            Notice words = words(one);
            Instant from = instant(one.path("from"));
            Instant until = instant(one.path("until"));
            if (words == null || (until != null && !until.isAfter(now))) {
                continue;
            }
            if (from != null && from.isAfter(now)) {
                planned.add(new Planned(from, until, words));
            } else if (notice == null) {
                notice = words;
            }
        }
        return new Announced(
                notice, planned.stream().limit(PublicStatus.PLANNED_MAX).toList());
    }

    private static @Nullable Notice words(JsonNode one) {
        String text = one.path("text").asString("");
        return text.isBlank() ? Notice.of(one) : new Notice(text, text);
    }

    /// Null where none stands: the work has begun, or has no end that is known.
    private static @Nullable Instant instant(JsonNode node) {
        try {
            return node.isString() ? Instant.parse(node.asString()) : null;
        } catch (DateTimeException none) {
            return null;
        }
    }
}
