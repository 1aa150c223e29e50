package aiguillage.gateway.page;

import java.util.List;

/// The first page: how the gateway is at this moment.
///
/// @param level the worst of all rows
/// @param headline one sentence
/// @param first what to do first; empty when nothing is to be done
/// @param notices what hubs tell
/// @param failures what was refused, the newest first
/// @param support a text to send to whoever helps: bounded, and without secrets
/// @param at when this was so
/// @param isPart whether only what changes is shown
public record Overview(
        Level level,
        String headline,
        String first,
        List<Row> hubs,
        List<Row> notices,
        List<Row> waiting,
        List<Row> prices,
        Row certificate,
        List<Row> troubles,
        List<Failure> failures,
        String support,
        Row program,
        String at,
        boolean isPart) {

    public Overview {
        hubs = List.copyOf(hubs);
        notices = List.copyOf(notices);
        waiting = List.copyOf(waiting);
        prices = List.copyOf(prices);
        troubles = List.copyOf(troubles);
        failures = List.copyOf(failures);
    }
}
