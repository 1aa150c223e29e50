package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.settings.Maintenance;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one browser wants its pages, and who looks: each template's `look`.
///
/// @param theme `auto`, `light` or `dark`
/// @param hub the hub's name
/// @param session null where nobody is signed in
/// @param path of the page, with its query: where a change of language comes back to
/// @param assets where scripts and styles are
/// @param notice of work on the hub; null: nothing is announced
/// @param views what who looks has kept by name
/// @param behind how commands and calls of this hub are typed
/// @param typed the form that was refused, where its page is shown again
public record Look(
        Words words,
        ZoneId zone,
        String theme,
        String hub,
        @Nullable Session session,
        String path,
        Assets assets,
        @Nullable Maintenance notice,
        List<SavedViews.SavedView> views,
        Behind behind,
        Typed typed) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /// A text of the page.
    public String text(String key, Object... values) {
        return words.of(key, values);
    }

    /// An instant in the browser's zone, to the second; the zone stands at the foot of each page.
    public String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /// Who did something, as an entry has it (`operator:ada`, a party's name), or in words where the hub itself
    /// has one: `operator`, `first start`.
    public String by(String who) {
        return words.find("web.by." + who.replace(' ', '-')).orElse(who);
    }

    /// The same, whoever looks and wherever he is: for what looks the same to several.
    public Look ofNobody() {
        return new Look(words, zone, "auto", hub, null, "/", assets, null, List.of(), behind, Typed.NOTHING);
    }

    /// The same page with a form that was refused.
    Look with(Typed refused) {
        return new Look(words, zone, theme, hub, session, path, assets, notice, views, behind, refused);
    }

    /// What was typed into a field of the form that was refused.
    ///
    /// @param otherwise what the field has where none was refused
    public String typed(String name, String otherwise) {
        return typed.refused() == null ? otherwise : typed.fields().getOrDefault(name, "");
    }

    public @Nullable Operator operator() {
        return session == null ? null : session.operator();
    }

    /// Whether who looks may do so much: what he may not is not offered.
    public boolean may(Rank rank) {
        return session != null && session.operator().rank().includes(rank);
    }

    public boolean mayOperate() {
        return may(Rank.OPERATE);
    }

    public boolean mayAdminister() {
        return may(Rank.ADMINISTER);
    }

    /// What each form repeats; empty where nobody is signed in.
    public String form() {
        return session == null ? "" : session.form();
    }
}
