package aiguillage.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Turns the parser's events into [Node]s. Not the parser's own tree, since here aliases, anchors and tags are
/// refused with their place, depth is bounded before the stack is, and all duplicate keys are found, not only
/// the first.
final class Tree {

    private final String file;
    private final Limits limits;
    private final Problems problems;
    private final Map<String, Location> where = new HashMap<>();

    Tree(String file, Limits limits, Problems problems) {
        this.file = file;
        this.limits = limits;
        this.problems = problems;
    }

    /// The file's only document; empty when it cannot be parsed at all, which is then among the problems. An
    /// empty file is an empty section.
    Optional<Node> parse(String text) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.bytesMax())
                .setUseMarks(true)
                .build();
        try {
            return Optional.of(document(new Parse(settings).parseString(text).iterator()));
        } catch (GivenUp e) {
            return Optional.empty(); // reported where it was thrown
        } catch (MarkedYamlEngineException e) {
            unreadable(
                    e.getProblemMark().or(e::getContextMark).map(this::location).orElse(start()), e.getProblem());
        } catch (YamlEngineException e) {
            unreadable(start(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    Locations where() {
        return new Locations(file, where);
    }

    private void unreadable(Location at, String reason) {
        problems.add(
                at,
                "",
                "This is not YAML: " + reason + ".",
                "The rest of the file was not read.",
                "Look at the indentation, and at a missing ':' or quotation mark, here and in the line above.");
    }

    private Node document(Iterator<Event> events) {
        next(events, Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            return new Node.Mapping(new LinkedHashMap<>(), start());
        }
        Node root = node(events.next(), events, "", 1);
        next(events, Event.ID.DocumentEnd);
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            problems.add(
                    location(last), "", "A second document begins here.", "Only one is read.", "Remove the `---`.");
        }
        return root instanceof Node.Scalar scalar && scalar.isAbsent()
                ? new Node.Mapping(new LinkedHashMap<>(), start())
                : root;
    }

    private static void next(Iterator<Event> events, Event.ID expected) {
        Event event = events.next();
        if (event.getEventId() != expected) {
            throw new AssertionError("the parser gave " + event + " instead of " + expected);
        }
    }

    private Node node(Event event, Iterator<Event> events, String path, int depth) {
        Location at = location(event);
        if (depth > limits.depthMax()) {
            problems.add(
                    at,
                    path,
                    "Sections and lists are more than " + limits.depthMax() + " deep here.",
                    "The rest of the file was not read.",
                    "");
            throw new GivenUp();
        }
        refuseMarks(event, at, path);
        return switch (event) {
            case ScalarEvent scalar -> new Node.Scalar(scalar.getValue(), scalar.isPlain(), at);
            case SequenceStartEvent _ -> sequence(events, at, path, depth);
            case MappingStartEvent _ -> mapping(events, at, path, depth);
            case AliasEvent _ -> new Node.Scalar("", false, at);
            default -> throw new AssertionError("the parser gave " + event + " where a value belongs");
        };
    }

    private void refuseMarks(Event event, Location at, String path) {
        if (event instanceof AliasEvent) {
            problems.add(at, path, "YAML aliases (*name) are not read here.", "", "Write the value out.");
        } else if (event instanceof NodeEvent marked && marked.getAnchor().isPresent()) {
            problems.add(at, path, "YAML anchors (&name) are not read here.", "", "Remove the anchor.");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            problems.add(at, path, "YAML tags (!name) are not read here.", "", "Remove the tag.");
        }
    }

    private Node sequence(Iterator<Event> events, Location at, String path, int depth) {
        List<Node> elements = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            String elementPath = path + "[" + elements.size() + "]";
            Node element = node(event, events, elementPath, depth + 1);
            where.put(elementPath, element.at());
            elements.add(element);
        }
        return new Node.Sequence(elements, at);
    }

    private Node mapping(Iterator<Event> events, Location at, String path, int depth) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Location keyAt = location(event);
            if (!(node(event, events, path, depth + 1) instanceof Node.Scalar key)) {
                problems.add(keyAt, path, "A key is a single word here, not a list or a section.", "", "");
                node(events.next(), events, path, depth + 1);
                continue;
            }
            String valuePath = path.isEmpty() ? key.text() : path + "." + key.text();
            Node value = node(events.next(), events, valuePath, depth + 1);
            Node.Entry first = entries.get(key.text());
            if (first == null) {
                entries.put(key.text(), new Node.Entry(keyAt, value));
                where.put(valuePath, value instanceof Node.Mapping ? keyAt : value.at());
            } else {
                duplicate(keyAt, valuePath, first.keyAt());
            }
        }
        return new Node.Mapping(entries, at);
    }

    private void duplicate(Location again, String path, Location first) {
        problems.add(
                again,
                path,
                "This key stands here for the second time, first in line " + first.line() + ".",
                "Which of the two is meant, nobody can tell.",
                "Remove one.");
    }

    private Location start() {
        return new Location(file, 1, 1);
    }

    private Location location(Event event) {
        return event.getStartMark().map(this::location).orElseThrow(() -> new NoSuchElementException(event.toString()));
    }

    private Location location(Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /// Stops reading after a problem behind which nothing can be understood.
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
