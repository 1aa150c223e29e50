package aiguillage.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Figures as a JSON array, for machines.
public final class FigureFile {

    private FigureFile() {}

    /// Writes the file, replacing what was there.
    public static void write(Path file, List<Figure> figures) throws IOException {
        var json = new JsonMapper();
        ArrayNode rows = json.createArrayNode();
        for (Figure figure : figures) {
            rows.addObject()
                    .put("figure", figure.figure())
                    .put("ours", figure.ours())
                    .put("unit", figure.unit())
                    .put("beside", figure.beside())
                    .put("beside_value", figure.besideValue())
                    .put("ratio", figure.ratio())
                    .put("spread", figure.spread())
                    .put("goal", figure.goal())
                    .put("met", figure.met());
        }
        Files.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(rows));
    }
}
