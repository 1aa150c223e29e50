package aiguillage.bench.flat;

import aiguillage.format.drafting.Draft;
import aiguillage.format.drafting.Drafter;
import aiguillage.format.drafting.NotSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A price list as a flat file, and a description of its format as `format init` drafts it.
public final class Prices {

    public static final String FORMAT = "prices";

    static final String FIRST_LINE = "Reference;Text;Unit;Pack;Price;Discount;Net;Family;Since;Replaces\r\n";

    private static final int SAMPLE_LINES = 200;

    private Prices() {}

    /// Writes a description into a folder of its name.
    ///
    /// @param formats the folder of formats
    public static void describe(Path formats) throws IOException {
        byte[] sample = list("R", SAMPLE_LINES).getBytes(StandardCharsets.UTF_8);
        Draft draft = drafted(sample);
        Path into = Files.createDirectories(formats.resolve(FORMAT));
        for (Map.Entry<String, String> one : draft.files().entrySet()) {
            Files.writeString(into.resolve(one.getKey()), one.getValue());
        }
    }

    private static Draft drafted(byte[] sample) throws IOException {
        try {
            return Drafter.draft(FORMAT, FORMAT + ".csv", sample);
        } catch (NotSeen e) {
            throw new IOException("no format was seen in a price list: " + e.getMessage(), e);
        }
    }

    /// A list of so many prices.
    ///
    /// @param series the first part of each reference
    public static String list(String series, int lines) {
        return IntStream.range(0, lines).mapToObj(i -> line(series, i)).collect(Collectors.joining("", FIRST_LINE, ""));
    }

    static String line(String series, int number) {
        return series + number + ";\"FILTRE; LONG É" + number + "\";PCE;1;1 012,30;31,5;" + number % 1_000
                + ",43;A2;01/04/2026;X\r\n";
    }
}
