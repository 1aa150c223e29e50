package aiguillage.format.reading;

import aiguillage.format.description.Shape;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Group;
import aiguillage.format.description.Shape.Particle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where in the schema a file has come to: which record may be next. Looks one record ahead, and at how records
/// begin; for one file.
final class Grammar {

    private final List<Level> levels = new ArrayList<>();

    /// A group that is open.
    private static final class Level {

        private final Group group;
        private int index;
        private int count;

        Level(Group group) {
            this.group = group;
        }

        Particle particle() {
            return group.parts().get(index);
        }
    }

    /// How to come to the next record.
    ///
    /// @param closed how many groups end before it
    /// @param opened the groups that begin with it, outermost first
    record Way(int closed, List<Group> opened, Entry entry) {}

    private record Found(int level, int index, List<Integer> below, List<Group> opened, Entry entry) {}

    Grammar(Group root) {
        levels.add(new Level(root));
    }

    /// Goes to the record that a text is; empty when none may stand here that begins like it.
    Optional<Way> next(String text) {
        for (int at = levels.size() - 1; at >= 0; at--) {
            Level level = levels.get(at);
            Optional<Found> found = within(at, level, text);
            if (found.isPresent()) {
                return Optional.of(go(found.get()));
            }
            if (!isSatisfied(level)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isSatisfied(Level level) {
        if (level.count < level.particle().least()) {
            return false;
        }
        List<Particle> parts = level.group.parts();
        return parts.subList(level.index + 1, parts.size()).stream().allMatch(part -> part.least() == 0);
    }

    private static Optional<Found> within(int at, Level level, String text) {
        List<Particle> parts = level.group.parts();
        if (level.particle().takes(level.count)) {
            Optional<Found> same = begins(at, level.index, level.particle().shape(), text);
            if (same.isPresent()) {
                return same;
            }
        }
        if (level.count < level.particle().least()) {
            return Optional.empty();
        }
        for (int index = level.index + 1; index < parts.size(); index++) {
            Optional<Found> found = begins(at, index, parts.get(index).shape(), text);
            if (found.isPresent()) {
                return found;
            }
            if (parts.get(index).least() > 0) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> begins(int at, int index, Shape shape, String text) {
        var below = new ArrayList<Integer>();
        var opened = new ArrayList<Group>();
        Entry entry = first(shape, text, below, opened);
        return entry == null ? Optional.empty() : Optional.of(new Found(at, index, below, opened, entry));
    }

    private static @Nullable Entry first(Shape shape, String text, List<Integer> below, List<Group> opened) {
        return switch (shape) {
            case Entry entry -> text.startsWith(entry.initiator()) ? entry : null;
            case Group group -> first(group, text, below, opened);
        };
    }

    private static @Nullable Entry first(Group group, String text, List<Integer> below, List<Group> opened) {
        opened.add(group);
        for (int i = 0; i < group.parts().size(); i++) {
            below.add(i);
            Entry entry = first(group.parts().get(i).shape(), text, below, opened);
            if (entry != null) {
                return entry;
            }
            below.removeLast();
            if (group.parts().get(i).least() > 0) {
                break;
            }
        }
        opened.removeLast();
        return null;
    }

    private Way go(Found found) {
        int closed = levels.size() - 1 - found.level;
        for (int i = 0; i < closed; i++) {
            levels.removeLast();
        }
        Level level = levels.getLast();
        level.count = level.index == found.index ? level.count + 1 : 1;
        level.index = found.index;
        for (int i = 0; i < found.opened.size(); i++) {
            var next = new Level(found.opened.get(i));
            next.index = found.below.get(i);
            next.count = 1;
            levels.add(next);
        }
        return new Way(closed, found.opened, found.entry);
    }

    /// Whether the file may end here.
    boolean isComplete() {
        return levels.stream().allMatch(Grammar::isSatisfied);
    }

    /// What may stand here, for people.
    String expected() {
        var names = new TreeSet<String>();
        for (int at = levels.size() - 1; at >= 0; at--) {
            Level level = levels.get(at);
            List<Particle> parts = level.group.parts();
            if (level.particle().takes(level.count)) {
                begin(level.particle().shape(), names);
            }
            boolean goesOn = level.count >= level.particle().least();
            for (int i = level.index + 1; i < parts.size() && goesOn; i++) {
                begin(parts.get(i).shape(), names);
                goesOn = parts.get(i).least() == 0;
            }
            if (!goesOn) {
                break;
            }
        }
        return names.isEmpty() ? "the end of the file" : "one of " + String.join(", ", names);
    }

    private static void begin(Shape shape, Set<String> names) {
        switch (shape) {
            case Entry entry -> names.add(entry.name());
            case Group group -> {
                for (Particle part : group.parts()) {
                    begin(part.shape(), names);
                    if (part.least() > 0) {
                        return;
                    }
                }
            }
        }
    }
}
