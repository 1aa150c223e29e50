package aiguillage.gateway.export;

import static java.util.stream.Collectors.joining;

import aiguillage.dataset.source.ElementPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the cells of a row stand in a price list: the elements of a line as a tree, each with its children in the
/// order that STAR's schema asks for, and the two days that stand in the list's header.
final class StarPaths {

    static final String LINE = "PartsPriceListLine";
    static final String ITEM = "PartsProductItem";
    static final String PERIOD = "PartsPriceListHeader/EffectivePeriod";
    static final String START = PERIOD + "/StartDateTime";
    static final String END = PERIOD + "/EndDateTime";

    private static final List<String> PRICE = words("PriceCode ChargeAmount PriceDescription*");
    private static final List<String> OTHER_PART = words("SupersedingPartNumberID SupersedingManufacturerPartCode"
            + " SupersedingItemDescription* SupersessionDate MultiPartSupersessionIndicator ManufacturerName"
            + " SupersedingPartQuantity");

    /// What stands in an element, in STAR's order; `*` marks what may stand there more than once. Elements that no
    /// cell of a price list needs are left out.
    private static final Map<String, List<String>> INSIDE = Map.of(
            LINE,
            words("LineID Description* PartsProductItem PackageQuantity ItemWeightMeasure* ClassificationTypeCode*"
                    + " SupersedingPartGroup* Price* ChangedPrice* NetDailyPriceAmount ProgramID*"
                    + " FleetPriceCappedIndicator SelectFleetIndicator MinimumPriceBreakQuantity"
                    + " DistributionMethodCode*"),
            ITEM,
            words("ItemID PartName* PartItemDescription* PartTypeCode PartClassCode PartManufacturer ClassCode"
                    + " HazmatIndicator HazardousMaterialDescription ItemIDCategoryTypeCode SerialNumberID"
                    + " SerialNumberIDRequiredIndicator PackageQuantity AcquisitionMethodTypeCode VendorCode"
                    + " ProgramCode PartConditionCode UOMCode VMRSCode StockingLevelIndicatorCode"
                    + " EligibleForReturnIndicator PartSupplyStatusCode CorePartDescription"
                    + " RemanufacturedPartDescription PatentPendingDescription ServiceFileDescription"
                    + " PartDealerSalesRestriction PartOrderRestriction"),
            "Price",
            PRICE,
            "ChangedPrice",
            PRICE,
            "SupersedingPartGroup",
            words("SupersedingPartDetail* SupersededPartDetail*"),
            "SupersedingPartDetail",
            OTHER_PART,
            "SupersededPartDetail",
            OTHER_PART);

    private final Node line = new Node(LINE, "", "");
    private int start = -1;
    private int end = -1;

    /// Something in an element: the cell of a column.
    ///
    /// @param column its index; behind the last stands the action
    record Attribute(String name, int column) {}

    /// An element, with what it must have for its path to lead there.
    ///
    /// @param of a child, or behind `@` an attribute, that has the value; empty when there is none
    record Node(String name, String of, String value, List<Node> children, List<Attribute> attributes, int[] column) {

        Node(String name, String of, String value) {
            this(name, of, value, new ArrayList<>(), new ArrayList<>(), new int[] {-1});
        }

        /// The column whose cell is its text, or -1.
        int text() {
            return column[0];
        }

        /// Whether its text is always the same.
        boolean isConstant() {
            return of.isEmpty() && !value.isEmpty();
        }

        /// Whether any cell in it is not empty.
        boolean isFilled(List<@Nullable String> cells) {
            return (text() >= 0 && cells.get(text()) != null)
                    || attributes.stream().anyMatch(one -> cells.get(one.column()) != null)
                    || children.stream().anyMatch(child -> child.isFilled(cells));
        }
    }

    /// @param columns in their order
    /// @param names the path of each; of other columns the path stands aside
    /// @throws IllegalArgumentException when a path leads nowhere in a price list, or two lead to one place
    StarPaths(List<String> columns, Map<String, String> names, String action) {
        for (int i = 0; i < columns.size(); i++) {
            String path = names.get(columns.get(i));
            if (path != null) {
                place(path, i);
            }
        }
        placeInLine(action, columns.size());
        if (line.children().stream().noneMatch(child -> child.name().equals(ITEM))) {
            line.children().add(new Node(ITEM, "", "")); // STAR's line always has one
        }
        sort(line);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /// The elements of a line.
    Node line() {
        return line;
    }

    /// The column with the first day of a row, or -1.
    int start() {
        return start;
    }

    /// The column with the last day of a row, or -1.
    int end() {
        return end;
    }

    private void place(String text, int column) {
        if (text.equals(START) && start < 0) {
            start = column;
        } else if (text.equals(END) && end < 0) {
            end = column;
        } else {
            placeInLine(text, column);
        }
    }

    private void placeInLine(String text, int column) {
        ElementPath path = ElementPath.of(text);
        Node here = line;
        for (ElementPath.Step step : path.steps()) {
            here = child(here, step, text);
        }
        boolean isTaken = path.attribute().isPresent()
                ? !take(here, path.attribute().get(), column)
                : here.text() >= 0 || here.isConstant() || INSIDE.containsKey(here.name());
        if (isTaken) {
            throw new IllegalArgumentException(
                    "no cell can stand at " + text + ": another stands there, or it has no text of its own");
        }
        if (path.attribute().isEmpty()) {
            here.column()[0] = column;
        }
    }

    private static boolean take(Node here, String attribute, int column) {
        boolean isFree = !here.of().equals("@" + attribute)
                && here.attributes().stream().noneMatch(one -> one.name().equals(attribute));
        here.attributes().add(new Attribute(attribute, column));
        return isFree;
    }

    private static Node child(Node parent, ElementPath.Step step, String path) {
        List<String> inside = INSIDE.getOrDefault(parent.name(), List.of());
        boolean isMany = inside.contains(step.name() + "*");
        if (!isMany && !inside.contains(step.name())) {
            throw new IllegalArgumentException("\"" + step.name() + "\" in " + path
                    + " is nothing that is written into " + parent.name() + ". There is " + shown(inside));
        }
        for (Node child : parent.children()) {
            if (child.name().equals(step.name())) {
                if (child.of().equals(step.of()) && child.value().equals(step.value())) {
                    return child;
                }
                if (!isMany) {
                    throw new IllegalArgumentException(
                            path + " asks for a second " + step.name() + " in " + parent.name() + ", which has one");
                }
            }
        }
        var child = new Node(step.name(), step.of(), step.value());
        if (!step.of().isEmpty() && !step.of().startsWith("@")) {
            constant(child, step, path);
        }
        parent.children().add(child);
        return child;
    }

    private static void constant(Node parent, ElementPath.Step step, String path) {
        List<String> inside = INSIDE.getOrDefault(parent.name(), List.of());
        if (!inside.contains(step.of())) {
            throw new IllegalArgumentException("\"" + step.of() + "\" in " + path + " is nothing that is written into "
                    + parent.name() + ". There is " + shown(inside));
        }
        parent.children().add(new Node(step.of(), "", step.value()));
    }

    private static String shown(List<String> inside) {
        return inside.isEmpty()
                ? "nothing but its text"
                : inside.stream().map(name -> name.replace("*", "")).collect(joining(", "));
    }

    private static void sort(Node node) {
        List<String> inside = INSIDE.getOrDefault(node.name(), List.of());
        node.children().sort(Comparator.comparingInt(child -> {
            int at = inside.indexOf(child.name());
            return at >= 0 ? at : inside.indexOf(child.name() + "*");
        }));
        node.children().forEach(StarPaths::sort);
    }
}
