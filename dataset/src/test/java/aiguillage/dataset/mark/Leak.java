package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Makes the file that leaks, from the copies of those who leak.
///
/// @param part of the rows that is in it
/// @param mix what they make of their copies
record Leak(Columns columns, Form form, double part, Mix mix) {

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
        /// Semicolons, decimal commas, typed again, in no order.
        TYPED_AGAIN(";"),
        /// Commas, quotes, separators of thousands, the columns from the right, in no order.
        COMMAS(",");

        private final String separator;

        Form(String separator) {
            this.separator = separator;
        }
    }

    String of(Marks marks, List<Change> list, List<String> leakers, Random random) {
        List<Marking> copies = leakers.stream().map(marks::recipient).toList();
        List<String> lines = new ArrayList<>();
        for (Change change : list) {
            List<Rows> versions = new ArrayList<>();
            copies.forEach(copy -> versions.add(copy.rows(change.key(), change.rows())));
            if (mix == Mix.TOGETHER) {
                versions.forEach(rows -> add(marks, new Change(change.key(), rows), random, lines));
            } else {
                List<Rows> ones = versions.stream()
                        .filter(rows -> !rows.equals(change.rows()))
                        .toList();
                boolean bit = !ones.isEmpty() && mix.bit(ones.size(), copies.size(), random);
                add(marks, bit ? new Change(change.key(), ones.getFirst()) : change, random, lines);
            }
        }
        addDecoys(marks, copies, random, lines);
        if (form == Form.TABS) {
            Collections.sort(lines);
        } else {
            Collections.shuffle(lines, random);
        }
        return String.join(form == Form.COMMAS ? "\r\n" : "\n", lines);
    }

    private void addDecoys(Marks marks, List<Marking> copies, Random random, List<String> lines) {
        Map<Change, Integer> holders = new HashMap<>();
        Set<Change> all = new HashSet<>();
        for (Marking copy : copies) {
            for (Change decoy : copy.decoys(_ -> false)) {
                holders.merge(decoy, 1, Integer::sum);
                all.add(decoy);
            }
        }
        for (Change decoy : all) {
            int ones = holders.getOrDefault(decoy, 0);
            int times = mix == Mix.TOGETHER ? ones : mix.bit(ones, copies.size(), random) ? 1 : 0;
            for (int i = 0; i < times; i++) {
                add(marks, decoy, random, lines);
            }
        }
    }

    private void add(Marks marks, Change change, Random random, List<String> lines) {
        if (random.nextDouble() < part) {
            lines.add(line(marks.markable(), change, random));
        }
    }

    private String line(Markable markable, Change change, Random random) {
        Row row = change.rows().list().getLast();
        List<String> cells = new ArrayList<>();
        if (columns == Columns.ALL || columns == Columns.KEY_AND_TEXT || columns == Columns.KEY_AND_PRICE) {
            change.key().cells().forEach(cell -> cells.add(word(cell, random)));
        }
        if (columns == Columns.ALL || columns == Columns.KEY_AND_TEXT || columns == Columns.TEXT_AND_PRICE) {
            cells.add(word(row.cells().get(markable.texts().getLast().cell()), random));
        }
        if (columns != Columns.KEY_AND_TEXT) {
            cells.add(price(row.cells().get(markable.prices().getFirst().cell())));
        }
        return String.join(form.separator, form == Form.COMMAS ? cells.reversed() : cells);
    }

    private String word(String cell, Random random) {
        return switch (form) {
            case TABS -> cell;
            case TYPED_AGAIN -> {
                String typed = MarkingTest.typedAgain(cell, random).replace(';', ' ');
                yield typed.matches("0+[1-9]\\d*") ? typed.replaceFirst("0+", "") : typed;
            }
            case COMMAS -> "\"" + cell.replace("\"", "\"\"") + "\"";
        };
    }

    private String price(String cell) {
        return switch (form) {
            case TABS -> cell;
            case TYPED_AGAIN -> cell.replace('.', ',').replaceFirst(",00$", "");
            case COMMAS -> "\"" + "%,.2f".formatted(Double.parseDouble(cell)) + "\"";
        };
    }
}
