package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Makes the file that leaks, from the copies of those who leak.
///
/// @param part of the rows that is in it
/// @param mix what they make of their copies
record Leak(Columns columns, Form form, double part, Mix mix, Set<Touch> touches) {

    /// Of so many characters one is misread in [Form#SCANNED].
    static final int CHARS_PER_ERROR = 100;

    private static final String ALIKE = "O0I1S5B8Z2G6T7";

    Leak(Columns columns, Form form, double part, Mix mix) {
        this(columns, form, part, mix, Set.of());
    }

    enum Columns {
        ALL,
        KEY_AND_TEXT,
        KEY_AND_PRICE,
        TEXT_AND_PRICE,
        PRICES
    }

    enum Form {
        /// Tabs, in the order of keys, as it was.
        TABS("\t"),
        /// Tabs, in no order.
        SHUFFLED("\t"),
        /// Semicolons, decimal commas, typed again, in no order.
        TYPED_AGAIN(";"),
        /// The same read from paper: characters taken for others that look like them, blanks lost.
        SCANNED(";"),
        /// Commas, quotes, separators of thousands, the columns from the right, in no order.
        COMMAS(",");

        private final String separator;

        Form(String separator) {
            this.separator = separator;
        }
    }

    /// What else was done to it.
    enum Touch {
        /// Rows that follow each other, not any.
        IN_ONE_PIECE,
        /// No price has cents.
        ROUNDED,
        /// Somebody found out about all decoys.
        WITHOUT_DECOYS
    }

    String of(Marks marks, List<Change> list, List<String> leakers, Random random) {
        List<Marking> copies = leakers.stream().map(marks::recipient).toList();
        List<Change> some = list;
        double of = part;
        if (touches.contains(Touch.IN_ONE_PIECE)) {
            int count = (int) Math.round(part * list.size());
            int first = random.nextInt(list.size() - count + 1);
            some = list.subList(first, first + count);
            of = 1;
        }
        List<String> lines = new ArrayList<>();
        for (Change change : some) {
            addRow(marks, change, copies, of, random, lines);
        }
        if (!touches.contains(Touch.WITHOUT_DECOYS)) {
            addDecoys(marks, some, copies, of, random, lines);
        }
        if (form == Form.TABS) {
            Collections.sort(lines);
        } else {
            Collections.shuffle(lines, random);
        }
        return String.join(form == Form.COMMAS ? "\r\n" : "\n", lines);
    }

    private void addRow(
            Marks marks, Change change, List<Marking> copies, double of, Random random, List<String> lines) {
        if (mix == Mix.TOGETHER) {
            for (Marking copy : copies) {
                if (random.nextDouble() < of) {
                    lines.add(line(marks, new Change(change.key(), copy.rows(change.key(), change.rows())), random));
                }
            }
        } else if (random.nextDouble() < of) {
            List<Rows> ones = copies.stream()
                    .map(copy -> copy.rows(change.key(), change.rows()))
                    .filter(rows -> !rows.equals(change.rows()))
                    .toList();
            boolean bit = !ones.isEmpty() && mix.bit(ones.size(), copies.size(), random);
            lines.add(line(marks, bit ? new Change(change.key(), ones.getFirst()) : change, random));
        }
    }

    private void addDecoys(
            Marks marks, List<Change> some, List<Marking> copies, double of, Random random, List<String> lines) {
        Map<Change, Integer> holders = new HashMap<>();
        for (Marking copy : copies) {
            copy.decoys(_ -> false).forEach(decoy -> holders.merge(decoy, 1, Integer::sum));
        }
        for (Marks.Decoy pooled : marks.decoys()) { // in order, so that a seed makes the same file again
            Change decoy = pooled.row();
            int ones = holders.getOrDefault(decoy, 0);
            boolean isInside = !touches.contains(Touch.IN_ONE_PIECE)
                    || (decoy.key().compareTo(some.getFirst().key()) > 0
                            && decoy.key().compareTo(some.getLast().key()) < 0);
            int times = ones == 0 || !isInside
                    ? 0
                    : mix == Mix.TOGETHER ? ones : mix.bit(ones, copies.size(), random) ? 1 : 0;
            for (int i = 0; i < times; i++) {
                if (random.nextDouble() < of) {
                    lines.add(line(marks, decoy, random));
                }
            }
        }
    }

    private String line(Marks marks, Change change, Random random) {
        Markable markable = marks.markable();
        Row row = change.rows().list().getLast();
        List<String> cells = new ArrayList<>();
        if (columns == Columns.ALL || columns == Columns.KEY_AND_TEXT || columns == Columns.KEY_AND_PRICE) {
            change.key().cells().forEach(cell -> cells.add(word(cell, random)));
        }
        if (columns == Columns.ALL || columns == Columns.KEY_AND_TEXT || columns == Columns.TEXT_AND_PRICE) {
            cells.add(word(row.cells().get(markable.texts().getLast().cell()), random));
        }
        if (columns != Columns.KEY_AND_TEXT) {
            cells.add(price(row.cells().get(markable.prices().getFirst().cell()), random));
        }
        return String.join(form.separator, form == Form.COMMAS ? cells.reversed() : cells);
    }

    private String word(String cell, Random random) {
        return switch (form) {
            case TABS, SHUFFLED -> cell;
            case TYPED_AGAIN, SCANNED -> {
                String typed = typedAgain(cell, random).replace(';', ' ');
                typed = typed.matches("0+[1-9]\\d*") ? typed.replaceFirst("0+", "") : typed;
                yield form == Form.SCANNED ? misread(typed, random) : typed;
            }
            case COMMAS -> "\"" + cell.replace("\"", "\"\"") + "\"";
        };
    }

    private String price(String cell, Random random) {
        String price = touches.contains(Touch.ROUNDED)
                ? new BigDecimal(cell).setScale(0, RoundingMode.HALF_UP).toPlainString()
                : cell;
        return switch (form) {
            case TABS, SHUFFLED -> price;
            case TYPED_AGAIN -> comma(price);
            case SCANNED -> misread(comma(price), random);
            case COMMAS -> "\"" + String.format(Locale.ROOT, "%,.2f", new BigDecimal(price)) + "\"";
        };
    }

    private static String comma(String price) {
        return price.replace('.', ',').replaceFirst(",00$", "");
    }

    /// In other letters, large and small, and with other signs between them.
    static String typedAgain(String text, Random random) {
        var typed = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                typed.append(random.nextBoolean() ? Character.toLowerCase(c) : Character.toUpperCase(c));
            } else {
                typed.append(random.nextInt(3) == 0 ? "" : random.nextInt(3) == 0 ? " - " : String.valueOf(c));
            }
        }
        return typed.toString();
    }

    private static String misread(String text, Random random) {
        var read = new StringBuilder(text);
        for (int i = 0; i < read.length(); i++) {
            if (random.nextInt(CHARS_PER_ERROR) == 0) {
                int at = ALIKE.indexOf(Character.toUpperCase(read.charAt(i)));
                read.setCharAt(i, at < 0 ? read.charAt(i) == ' ' ? '.' : 'e' : ALIKE.charAt(at ^ 1));
            }
        }
        return read.toString();
    }
}
