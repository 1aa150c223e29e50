package aiguillage.console.web;

import java.time.ZoneId;
import java.util.List;

/// The time zones that are offered.
public final class Zones {

    public static final List<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> name.startsWith("Europe/") || name.equals("UTC"))
            .sorted()
            .toList();

    private Zones() {}
}
