package aiguillage.format.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.daffodil.japi.infoset.InfosetOutputter;
import org.apache.daffodil.runtime1.api.InfosetArray;
import org.apache.daffodil.runtime1.api.InfosetComplexElement;
import org.apache.daffodil.runtime1.api.InfosetSimpleElement;
import org.jspecify.annotations.Nullable;

/// Takes what Daffodil reads, without a tree of XML in between. For one record.
final class Fields extends InfosetOutputter {

    private final int line;
    private final Deque<List<FlatNode>> open = new ArrayDeque<>();
    private @Nullable FlatNode record;

    Fields(int line) {
        this.line = line;
        open.push(new ArrayList<>());
    }

    @Nullable
    FlatNode record() {
        return record;
    }

    @Override
    public void reset() {
        open.clear();
        open.push(new ArrayList<>());
        record = null;
    }

    @Override
    public void startDocument() {
        reset();
    }

    @Override
    public void endDocument() {
        List<FlatNode> read = open.element();
        record = read.isEmpty() ? null : read.getFirst();
    }

    @Override
    public void startSimple(InfosetSimpleElement element) {
        String name = element.metadata().name();
        open.element().add(element.isNilled() ? FlatNode.nil(name) : FlatNode.field(name, element.getText()));
    }

    @Override
    public void endSimple(InfosetSimpleElement element) {
        // all is known at its start
    }

    @Override
    public void startComplex(InfosetComplexElement element) {
        open.push(new ArrayList<>());
    }

    @Override
    public void endComplex(InfosetComplexElement element) {
        List<FlatNode> children = open.pop();
        int begins = open.size() == 1 ? line : 0;
        open.element().add(FlatNode.of(element.metadata().name(), begins, children));
    }

    @Override
    public void startArray(InfosetArray array) {
        // its elements are told one by one
    }

    @Override
    public void endArray(InfosetArray array) {
        // its elements are told one by one
    }
}
