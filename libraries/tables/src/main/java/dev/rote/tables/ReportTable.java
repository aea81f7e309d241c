package dev.rote.tables;

import dev.rote.v1.Report;
import java.io.IOException;

/** A table that is read from a report. */
interface ReportTable {

  Table table();

  void rows(Report report, RowSink sink) throws IOException;
}
