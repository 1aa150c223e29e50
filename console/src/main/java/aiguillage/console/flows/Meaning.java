package aiguillage.console.flows;

import aiguillage.console.web.Words;
import aiguillage.hub.routing.TableDiff;
import aiguillage.hub.routing.TableDiff.Change;
import aiguillage.hub.routing.TableDiff.Difference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a change of tables does, and to whom.
///
/// @param items nothing: it changes nothing for anybody
/// @param parties how many parties it touches in any way
public record Meaning(List<Item> items, int parties) {

    static final int NAMES_MAX = 50;

    /// One change.
    ///
    /// @param sign `+`, `-` or `~`
    /// @param look `good` for what comes, `bad` for what goes, `warn` for what becomes another
    /// @param text what
    /// @param names who, at most [#NAMES_MAX]
    /// @param more how many beside these
    public record Item(String sign, String look, String text, List<String> names, int more) {

        public Item {
            names = List.copyOf(names);
        }
    }

    public Meaning {
        items = List.copyOf(items);
    }

    static Meaning of(TableDiff diff, Words words) {
        var items = new ArrayList<Item>();
        var touched = new java.util.TreeSet<String>();
        for (Change change : List.of(Change.ADDED, Change.REMOVED)) {
            List<String> names = diff.parties().stream()
                    .filter(party -> party.change() == change)
                    .map(party -> party.party().value())
                    .toList();
            touched.addAll(names);
            if (!names.isEmpty()) {
                items.add(item(change, words.of("flows.change.parties." + key(change), names.size()), names));
            }
        }
        diff.parties().stream().filter(one -> one.change() == Change.CHANGED).forEach(one -> {
            touched.add(one.party().value());
            items.add(item(
                    Change.CHANGED,
                    words.of("flows.change.party", one.party(), said(one.differences(), words)),
                    List.of()));
        });
        diff.flows()
                .forEach(one -> items.add(item(
                        one.change(),
                        words.of("flows.change.flow." + key(one.change()), one.flow(), said(one.difference(), words)),
                        List.of())));
        diff.rights().forEach(one -> {
            List<String> names = texts(one.parties());
            touched.addAll(names);
            String key = "flows.change.right." + one.use().name().toLowerCase(Locale.ROOT) + "." + key(one.change());
            items.add(item(one.change(), words.of(key, one.flow(), names.size()), names));
        });
        diff.datasets()
                .forEach(one -> items.add(item(
                        one.change(),
                        words.of(
                                "flows.change.dataset." + key(one.change()),
                                one.dataset(),
                                said(one.difference(), words)),
                        List.of())));
        diff.datasetRights().forEach(one -> {
            List<String> names = texts(one.parties());
            touched.addAll(names);
            String use = one.use().name().toLowerCase(Locale.ROOT).replace('_', '-');
            items.add(item(
                    one.change(),
                    words.of("flows.change.rows." + use + "." + key(one.change()), one.dataset(), names.size()),
                    names));
        });
        return new Meaning(items, touched.size());
    }

    private static String said(@Nullable Difference difference, Words words) {
        return difference == null ? "" : said(List.of(difference), words);
    }

    private static String said(List<Difference> differences, Words words) {
        return differences.stream()
                .map(one -> one.before().isEmpty() && one.key().equals("password")
                        ? words.of("flows.change.key." + one.key() + "."
                                + one.after().replace(' ', '-'))
                        : words.of("flows.change.key", one.key(), one.after(), one.before()))
                .collect(Collectors.joining("; "));
    }

    private static List<String> texts(Collection<?> names) {
        return names.stream().map(Object::toString).toList();
    }

    private static String key(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    private static Item item(Change change, String text, List<String> names) {
        String sign = switch (change) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "~";
        };
        String look = switch (change) {
            case ADDED -> "good";
            case REMOVED -> "bad";
            case CHANGED -> "warn";
        };
        List<String> some = names.stream().limit(NAMES_MAX).toList();
        return new Item(sign, look, text, some, names.size() - some.size());
    }
}
