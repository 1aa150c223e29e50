package aiguillage.gateway.export;

import aiguillage.dataset.schema.Schema;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/// STAR's ShowPartsPriceList (STAR 5): a line per row, in the order of elements that STAR's schema asks for.
///
/// @param names for each column the path from the line to the element or attribute with its cell, as in the flows
///     file: `Price[PriceCode=Unit Price]/ChargeAmount`. The columns with the first and the last day of a row need
///     none: they become the list's `EffectivePeriod`
/// @param action the path to what happened to a row
/// @param reader the party whose list it is
public record Star(Map<String, String> names, String action, Charset charset, String brand, PartyId reader)
        implements Form {

    /// Where the action stands unless told otherwise: STAR has no element for it, and this one takes any code.
    public static final String ACTION = "ClassificationTypeCode[@listID=action]";

    public Star {
        names = Map.copyOf(names);
        check(names, action);
    }

    /// @throws IllegalArgumentException when a path leads nowhere in a price list, or two lead to one place
    public static void check(Map<String, String> names, String action) {
        var _ = new StarPaths(List.copyOf(names.keySet()), names, action);
    }

    @Override
    public String ending() {
        return ".xml";
    }

    @Override
    public Rows begin(OutputStream out, Schema schema, Title title) throws IOException {
        return new StarFile(out, this, schema, title);
    }
}
