package aiguillage.format.record;

import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Layout;

/// Plain records by ourselves, all others by Daffodil.
///
/// @param plain for plain ones
/// @param other for all others
public record EitherCodec(PlainCodec plain, DaffodilCodec other) implements RecordCodec {

    private RecordCodec of(Entry entry) {
        return entry.layout() instanceof Layout.Other ? other : plain;
    }

    @Override
    public FlatNode read(Entry entry, String text, int line) throws Unreadable {
        return of(entry).read(entry, text, line);
    }

    @Override
    public void write(Entry entry, FlatNode record, StringBuilder out) throws Unwritable {
        of(entry).write(entry, record, out);
    }
}
