package aiguillage.format.drafting;

import java.util.List;

/// A DFDL schema, being written: all of DFDL's properties at the top, so that it stands alone.
final class SchemaText {

    private final StringBuilder text = new StringBuilder();

    /// @param newLine a DFDL string literal
    /// @param isPadded whether texts are filled up with blanks
    /// @param quotes when texts are quoted, as DFDL says it; empty: never
    SchemaText(String comment, String newLine, boolean isPadded, String quotes) {
        String kind = isPadded ? "padChar" : "none";
        text.append("""
          <?xml version="1.0" encoding="UTF-8"?>
          <!-- %s -->
          <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:dfdl="http://www.ogf.org/dfdl/dfdl-1.0/">
            <xs:annotation>
              <xs:appinfo source="http://www.ogf.org/dfdl/">
          %s      <dfdl:format representation="text" encoding="UTF-8" encodingErrorPolicy="replace" byteOrder="bigEndian"
                    bitOrder="mostSignificantBitFirst" alignment="1" alignmentUnits="bytes" fillByte="%%SP;"
                    leadingSkip="0" trailingSkip="0" initiator="" terminator="" separator="" separatorPosition="infix"
                    separatorSuppressionPolicy="never" sequenceKind="ordered" occursCountKind="implicit"
                    initiatedContent="no" ignoreCase="no" floating="no" choiceLengthKind="implicit"
                    lengthKind="delimited" lengthUnits="characters" truncateSpecifiedLengthString="no"
                    utf16Width="fixed" textBidi="no" emptyValueDelimiterPolicy="none" nilValueDelimiterPolicy="none"
                    nilKind="literalValue" nilValue="%%ES;" useNilForDefault="no" escapeSchemeRef=""
                    outputNewLine="%s" textPadKind="%s" textTrimKind="%s" textStringJustification="left"
                    textStringPadCharacter="%%SP;" textNumberRep="standard" textNumberPattern="0"
                    textNumberCheckPolicy="lax" textNumberRounding="explicit"
                    textNumberRoundingMode="roundUnnecessary" textNumberRoundingIncrement="0"
                    textNumberJustification="right" textNumberPadCharacter="0" textStandardBase="10"
                    textStandardDecimalSeparator="." textStandardGroupingSeparator="," textStandardExponentRep="E"
                    textStandardInfinityRep="Inf" textStandardNaNRep="NaN" textStandardZeroRep=""
                    textBooleanTrueRep="true" textBooleanFalseRep="false" textBooleanJustification="left"
                    textBooleanPadCharacter="%%SP;" textCalendarJustification="left" textCalendarPadCharacter="%%SP;"
                    calendarPatternKind="explicit" calendarPattern="yyyy-MM-dd" calendarCheckPolicy="strict"
                    calendarTimeZone="" calendarObserveDST="yes" calendarFirstDayOfWeek="Monday"
                    calendarDaysInFirstWeek="4" calendarCenturyStart="53" calendarLanguage="en"/>
              </xs:appinfo>
            </xs:annotation>
          """.formatted(
                        comment.replace("--", "- -"), quotes.isEmpty() ? "" : quotes(quotes), newLine, kind, kind));
    }

    private static String quotes(String when) {
        return """
                <dfdl:defineEscapeScheme name="quotes">
                    <dfdl:escapeScheme escapeKind="escapeBlock" escapeBlockStart="&quot;" escapeBlockEnd="&quot;"
                        escapeEscapeCharacter="&quot;" extraEscapedCharacters="&quot;" generateEscapeBlock="%s"/>
                </dfdl:defineEscapeScheme>
          """.formatted(when);
    }

    /// A group: elements by name, each with its occurrences as attributes.
    void group(String name, List<String> parts) {
        text.append("\n  <xs:element name=\"").append(name).append("\">\n    <xs:complexType>\n      <xs:sequence>\n");
        parts.forEach(
                part -> text.append("        <xs:element ref=\"").append(part).append("/>\n"));
        text.append("      </xs:sequence>\n    </xs:complexType>\n  </xs:element>\n");
    }

    /// A record.
    ///
    /// @param initiator as it stands, or empty
    /// @param terminator a DFDL string literal, or empty
    /// @param separator a DFDL string literal, or empty
    /// @param fields elements
    void record(String name, String initiator, String terminator, String separator, List<String> fields) {
        text.append("\n  <xs:element name=\"").append(name).append('"');
        if (!initiator.isEmpty()) {
            text.append(" dfdl:initiator=\"").append(attribute(initiator)).append('"');
        }
        text.append(" dfdl:terminator=\"").append(terminator).append("\">\n    <xs:complexType>\n      <xs:sequence");
        if (!separator.isEmpty()) {
            text.append(" dfdl:separator=\"").append(separator).append('"');
        }
        text.append(">\n");
        fields.forEach(field -> text.append("        ").append(field).append('\n'));
        text.append("      </xs:sequence>\n    </xs:complexType>\n  </xs:element>\n");
    }

    static String attribute(String value) {
        return value.replace("%", "%%")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace(" ", "%SP;");
    }

    String end() {
        return text.append("</xs:schema>\n").toString();
    }
}
