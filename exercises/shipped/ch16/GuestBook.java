package ch16;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * Exercise 16.2: a shared guest book.
 *
 * <p>The museum's server has a thread for each visitor, and a guest book that all of them sign. A
 * visitor may also ask for the whole book, over a connection that can be slow or gone. There are
 * two books, one at each door; now and then the entries of one are moved into the other, while both
 * are in use.
 *
 * <p>Every method may be called from any number of threads at once. What they share is all that
 * they share: how the book keeps its entries is yours to choose.
 */
public final class GuestBook {
  /**
   * @param directory tells how a guest is written: {@code Countess Ada} for {@code Ada}. It may
   *     take long and costs the museum money. So each book asks it once for each guest, at the
   *     first signature, however many threads come with this guest at once
   */
  public GuestBook(UnaryOperator<String> directory) {
    // TODO
  }

  /**
   * Adds an entry at the end of this book.
   *
   * @return which signature this is, counted from 1, of all that were ever made in this book. No
   *     two signatures get the same number, and none is left out. A move changes no count
   */
  public int sign(String guest, String line) {
    // TODO: the entry, and its number.
    throw new UnsupportedOperationException("TODO: exercise 16.2");
  }

  /** How many entries of this guest are in this book now. 0 if there are none. */
  public int count(String guest) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 16.2");
  }

  /**
   * Writes the book as it is at the moment of the call: a line for each entry, in the order of the
   * entries, as {@code GUEST: LINE} and LF, in UTF-8, the guest written as the directory says. What
   * is signed or moved meanwhile changes nothing of that. A reader may be slow: nobody who signs,
   * counts, reads or moves waits for it.
   *
   * @param out leads to a visitor; who calls this closes it
   * @throws IOException if the visitor is lost. The book remains as it was
   */
  public void read(OutputStream out) throws IOException {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 16.2");
  }

  /**
   * Moves all entries of one book to the end of the other, in their order. While they move, an
   * entry may be in neither book for a moment, and is never in both. None is lost, whatever is
   * signed or moved at the same time, be it in the other direction.
   *
   * @param to may be the same book; then nothing changes
   */
  public static void moveAll(GuestBook from, GuestBook to) {
    // TODO
    throw new UnsupportedOperationException("TODO: exercise 16.2");
  }
}
