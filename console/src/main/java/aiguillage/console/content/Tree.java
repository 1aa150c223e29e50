package aiguillage.console.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Makes a tree of nodes while a content is read, within its bounds. Not for several threads.
final class Tree {

    static final int NODES_MAX = 3_000;
    static final int CHARS_MAX = 400_000;
    static final int TEXT_CHARS_MAX = 4_000;
    static final int DEPTH_MAX = 40;

    private final Deque<Open> open = new ArrayDeque<>();
    private final Open root = new Open("", "");
    private int depth;
    private int nodes;
    private int chars;

    /// A node that more may come into.
    private static final class Open {

        private final String name;
        private final String attributes;
        private final StringBuilder text = new StringBuilder();
        private final List<Node> parts = new ArrayList<>();
        private int left;
        private boolean isCut;

        Open(String name, String attributes) {
            this.name = name;
            this.attributes = attributes;
        }

        Node done() {
            String value = text.toString().strip();
            return new Node(name, attributes, isCut ? value + " …" : value, List.copyOf(parts), left);
        }
    }

    Tree() {
        open.push(root);
    }

    /// Whether there is room for nothing more.
    boolean isFull() {
        return nodes >= NODES_MAX || chars >= CHARS_MAX;
    }

    void begin(String name, String attributes) {
        depth++;
        if (depth > DEPTH_MAX) {
            if (depth == DEPTH_MAX + 1) {
                top().left++;
            }
            return;
        }
        nodes++;
        String shownName = cut(name);
        String shownAttributes = cut(attributes);
        chars += shownName.length() + shownAttributes.length();
        open.push(new Open(shownName, shownAttributes));
    }

    void end() {
        if (depth <= DEPTH_MAX) {
            Node done = open.pop().done();
            top().parts.add(done);
        }
        depth--;
    }

    void text(char[] from, int start, int length) {
        if (depth > DEPTH_MAX) {
            return;
        }
        Open into = top();
        int room = Math.min(length, TEXT_CHARS_MAX - into.text.length());
        into.text.append(from, start, room);
        into.isCut |= room < length;
        chars += room;
    }

    void text(String text) {
        text(text.toCharArray(), 0, text.length());
    }

    /// What there is; what is not ended yet ends here.
    Node done() {
        depth = Math.min(depth, DEPTH_MAX);
        while (open.size() > 1) {
            end();
        }
        return root.done();
    }

    private Open top() {
        Open top = open.peek();
        if (top == null) {
            throw new AssertionError("the tree lost its root");
        }
        return top;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + " …";
    }
}
