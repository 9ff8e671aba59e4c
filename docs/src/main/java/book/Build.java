package book;

import org.asciidoctor.ast.Document;

/** What the extensions share while a book is built. */
interface Build {
  Problems problems();

  /** The file that the document was read from. */
  Source source(Document document);
}
