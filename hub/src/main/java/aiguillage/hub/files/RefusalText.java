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
                .append('\n')
                .append(refused.detail())
                .append('\n')
                .append(refused.problem().why())
                .append('\n');
        if (refused.particulars().get("faults") instanceof List<?> faults) {
            text.append("\nWhat is wrong in it:\n");
            faults.forEach(fault -> fault(text, fault));
        }
        return text.append("\nWhat to do: ")
                .append(refused.problem().remedy())
                .append('\n')
                .toString();
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
