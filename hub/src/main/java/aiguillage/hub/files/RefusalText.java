package aiguillage.hub.files;

import aiguillage.hub.problem.Refused;
import java.util.List;
import java.util.Map;

/// A refusal in plain words: the content of a file in `refused`.
final class RefusalText {

    private RefusalText() {}

    static String of(String name, Refused refused) {
        var text = new StringBuilder()
                .append("The file ")
                .append(name)
                .append(" was refused (")
                .append(refused.problem().code())
                .append(").\n\n")
                .append(refused.problem().what())
                .append('\n');
        List<?> faults = refused.particulars().get("faults") instanceof List<?> listed ? listed : List.of();
        if (faults.isEmpty() || !isOf(faults.getFirst(), refused.detail())) {
            text.append(refused.detail()).append('\n');
        }
        text.append(refused.problem().why()).append('\n');
        if (!faults.isEmpty()) {
            text.append("\nWhat is wrong in it:\n");
            faults.forEach(fault -> fault(text, fault));
        }
        return text.append("\nWhat to do: ")
                .append(refused.problem().remedy())
                .append('\n')
                .toString();
    }

    /// Whether a detail says nothing but one fault, which is listed below it.
    private static boolean isOf(Object one, String detail) {
        return one instanceof Map<?, ?> fault
                && detail.startsWith("line " + fault.get("line") + ",")
                && detail.endsWith(fault.get("expected") + " [" + fault.get("code") + "]");
    }

    private static void fault(StringBuilder text, Object one) {
        if (one instanceof Map<?, ?> fault) {
            text.append("- line ")
                    .append(fault.get("line"))
                    .append(", column ")
                    .append(fault.get("column"))
                    .append(", ")
                    .append(fault.get("path"))
                    .append(": ")
                    .append(fault.get("expected"))
                    .append('\n');
        }
    }
}
