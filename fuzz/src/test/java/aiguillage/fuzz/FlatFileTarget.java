package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.format.Format;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.record.FlatNode;
import aiguillage.format.record.Unwritable;
import aiguillage.format.report.Fault;
import aiguillage.format.translation.Untranslatable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Flat files of partners: of a file without faults what is read can be written, and read again as the same.
record FlatFileTarget(Format format, byte[] seed) implements Target {

    static FlatFileTarget of(String name) throws Exception {
        Format format = Format.read(Path.of("..", "formats"), name);
        String seed = name.equals("prices-csv")
                ? format.head().firstLine() + "\r\nA;\"B;\"\"\";PCE;1;1 000,50;0;1,00;A;01/04/2026;\r\n"
                : "UNA:+.? '\r\nUNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'UNH+1+ORDERS:D:96A:UN'BGM+220+P?'O'DTM+137:20260320:102'"
                        + "LIN+1++7:SA'UNS+S'UNT+6+1'UNZ+1+1'";
        return new FlatFileTarget(format, seed.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(seed);
    }

    @Override
    public void run(byte[] input) throws Exception {
        List<FlatNode> read = read(input);
        var bytes = new ByteArrayOutputStream();
        var writer = format.writer(bytes);
        try {
            for (FlatNode root : read) {
                writer.write(root);
            }
            writer.end();
        } catch (Unwritable refused) {
            require(refused.getMessage() != null, "says why it cannot be written");
            return;
        }
        require(read(bytes.toByteArray()).size() == read.size(), "is read again", read);
    }

    private List<FlatNode> read(byte[] file) throws Exception {
        FlatReader reader = format.reader(new ByteArrayInputStream(file), _ -> {});
        var documents = new ArrayList<FlatNode>();
        for (var next = reader.next(); next != null; next = reader.next()) {
            try {
                require(format.translation().document(next.root()).length > 0, "is a document");
            } catch (Untranslatable refused) {
                require(refused.getMessage() != null, "says why it is no document");
            }
            documents.add(next.root());
        }
        if (reader.faults().count() > 0) {
            documents.clear();
        }
        require(reader.faults().kept().size() <= Fault.KEPT_MAX, "faults are bounded");
        return documents;
    }
}
