package aiguillage.gateway.dms;

import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.nio.file.Path;

/// Where things are below the DMS folder.
public record Folders(Path root) {

    public Path out(Brand brand) {
        return root.resolve(brand.value()).resolve("out");
    }

    public Path out(FlowName flow) {
        return folder(flow, "out");
    }

    public Path done(FlowName flow) {
        return folder(flow, "done");
    }

    public Path refused(FlowName flow) {
        return folder(flow, "refused");
    }

    public Path in(FlowName flow) {
        return folder(flow, "in");
    }

    public Path in(Brand brand) {
        return root.resolve(brand.value()).resolve("in");
    }

    /// Where datasets are written as files.
    public Path prices(Brand brand) {
        return root.resolve(brand.value()).resolve("prices");
    }

    private Path folder(FlowName flow, String name) {
        return root.resolve(flow.brand().value()).resolve(name).resolve(flow.kind());
    }
}
