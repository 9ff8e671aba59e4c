package book;

/**
 * Something that an author has to mend. The message says where and what, and is all that is shown.
 */
final class BookError extends RuntimeException {
  private static final long serialVersionUID = 1;

  BookError(String message) {
    super(message);
  }
}
