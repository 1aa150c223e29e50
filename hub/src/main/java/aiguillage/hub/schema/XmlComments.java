package aiguillage.hub.schema;

import org.xml.sax.ext.DefaultHandler2;

/// Tells the tee of comments, which a reader announces apart from everything else.
final class XmlComments extends DefaultHandler2 {

    private final XmlTee tee;

    XmlComments(XmlTee tee) {
        this.tee = tee;
    }

    @Override
    public void comment(char[] chars, int start, int length) {
        tee.comment();
    }
}
