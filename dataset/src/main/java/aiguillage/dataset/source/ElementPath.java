package aiguillage.dataset.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The way from an element to the text of an element or an attribute in it: names of elements between `/`, each
/// perhaps with what an attribute or a child of it must be, and at the end perhaps an attribute:
/// `Price[PriceCode=Unit Price]/ChargeAmount`, `PartsProductItem/PartName[@languageID=fr]`,
/// `ItemWeightMeasure/@unitCode`.
///
/// @param attribute whose text is meant, and not the last element's
public record ElementPath(List<Step> steps, Optional<String> attribute) {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
    private static final Pattern STEP =
            Pattern.compile("(?<name>" + NAME + ")(\\[(?<of>@?" + NAME + ")=(?<value>[^]]*)])?(/|$)");
    private static final Pattern ATTRIBUTE = Pattern.compile("@(?<name>" + NAME + ")");

    /// @param of the child, or behind `@` the attribute, that must be the value; empty when all elements are
    ///     meant
    public record Step(String name, String of, String value) {

        boolean takes(Element element) {
            if (!element.name().equals(name)) {
                return false;
            }
            return of.isEmpty()
                    || (of.startsWith("@")
                            ? value.equals(element.attributes().get(of.substring(1)))
                            : element.children().stream()
                                    .anyMatch(child -> child.name().equals(of)
                                            && child.text().equals(value)));
        }
    }

    /// @throws IllegalArgumentException when it is written in another way
    public static ElementPath of(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && step.region(at, text.length()).lookingAt()) {
            String of = step.group("of");
            steps.add(new Step(step.group("name"), of == null ? "" : of, of == null ? "" : step.group("value")));
            at = step.end();
        }
        Matcher attribute = ATTRIBUTE.matcher(text).region(at, text.length());
        if (steps.isEmpty() || (at < text.length() && !attribute.matches()) || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no path to a cell: write it as in Price[PriceCode=Unit Price]/ChargeAmount");
        }
        return new ElementPath(steps, at < text.length() ? Optional.of(attribute.group("name")) : Optional.empty());
    }

    /// The elements that the steps lead to.
    List<Element> from(Element start) {
        List<Element> here = List.of(start);
        for (Step step : steps) {
            List<Element> next = new ArrayList<>();
            for (Element element : here) {
                element.children().stream().filter(step::takes).forEach(next::add);
            }
            here = next;
        }
        return here;
    }

    boolean beginsWith(String name) {
        return steps.getFirst().name().equals(name);
    }

    /// The text that is meant in an element that the steps led to; empty when it has no such attribute.
    String in(Element element) {
        return attribute
                .map(name -> element.attributes().getOrDefault(name, ""))
                .orElseGet(element::text);
    }
}
