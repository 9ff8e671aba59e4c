package ch16;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import grader.Check;
import grader.Exercise;
import grader.Given;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;

@Exercise(
    id = "16.2",
    title = "A shared guest book",
    file = "ch16/GuestBook.java",
    level = 2,
    minutes = 35)
class GuestBookTest {
  private static final long NOBODY_WAITS_SECONDS = 1;

  @Check(
      step = 1,
      value = "keeps what one visitor signs",
      points = 1,
      read = "chapter 16, \"Two threads, one counter\"")
  void alone() throws Exception {
    var book = book();
    var numbers =
        book.sign("Ada", "hello") + " " + book.sign("Zoë", "你好") + " " + book.sign("Ada", "bye");
    var given = given("Ada signs, then Zoë, then Ada");
    given.wants("1 2 3", numbers, "sign returns which signature it is, counted from 1.");
    given.wants(
        "Ada 2, Zoë 1, Bob 0",
        "Ada %d, Zoë %d, Bob %d".formatted(book.count("Ada"), book.count("Zoë"), book.count("Bob")),
        "count tells of one guest, and of a stranger it says 0.");
    given.wants(
        "Ada: hello␊Zoë: 你好␊Ada: bye␊",
        visible(read(book)),
        "One line for each entry, in their order: GUEST, a colon, a blank, LINE, LF; in UTF-8.");
    var other = book();
    other.sign("Bob", "first");
    GuestBook.moveAll(book, other);
    given("these three, moved behind an entry of Bob's")
        .wants(
            "Bob: first␊Ada: hello␊Zoë: 你好␊Ada: bye␊, and the other book is empty",
            visible(read(other)) + (read(book).isEmpty() ? ", and the other book is empty" : ""),
            "A move takes entries out of one book and appends them to the other.");
    given("a signature after the move")
        .wants(4, book.sign("Ada", "again"), "A move changes no count of signatures.");
  }

  @Check(
      step = 2,
      value = "gives every signature a number of its own",
      points = 2,
      read = "chapter 16, \"Two threads, one counter\"")
  @Timeout(value = 8, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void numbers() throws Throwable {
    var directory = new SlowDirectory();
    var book = new GuestBook(directory);
    var numbers = new BitSet();
    var others = new BitSet();
    directory.meanwhile(() -> others.set(book.sign("Bob", "hello")));
    numbers.set(book.sign("Ada", "hello"));
    directory.awaitOther();
    wantsAllDifferent(
        given("Bob, who signs while the directory is asked for Ada"), 2, numbers, others);

    var shared = book();
    numbers.clear();
    others.clear();
    int all =
        Guests.meet(
            () -> numbers.set(shared.sign("Ada", "hello")),
            () -> others.set(shared.sign("Bob", "hello")));
    wantsAllDifferent(
        given("two threads, which sign %,d times in all".formatted(all)), all, numbers, others);
  }

  private static void wantsAllDifferent(Given given, int all, BitSet numbers, BitSet others) {
    numbers.or(others);
    given.wants(
        "%,d different numbers, up to %,d".formatted(all, all),
        "%,d different numbers, up to %,d".formatted(numbers.cardinality(), numbers.length() - 1),
        "To count up is to read, to add, and to write. Another thread comes in between, reads the"
            + " same number, and one signature is not counted. All that belongs together needs one"
            + " lock, and every thread the same one.");
  }

  @Check(
      step = 3,
      value = "asks the directory once for each guest",
      points = 1,
      read = "chapter 16, \"Two threads, one counter\"")
  void directory() throws Exception {
    var directory = new SlowDirectory();
    var book = new GuestBook(directory);
    directory.meanwhile(() -> book.sign("Ada", "I too"));
    book.sign("Ada", "hello");
    directory.awaitOther();
    book.sign("Ada", "again");
    given("Ada, who signs while the directory is asked for her, and once more later")
        .wants(
            "questions to the directory: 1",
            "questions to the directory: " + directory.questions(),
            "Each call to a concurrent map is safe, and two calls are not: between looking and"
                + " putting, another thread has looked too. Let the map do both in one call, or"
                + " look again once you hold the lock.");
    given("the same")
        .wants(
            3L,
            read(book).lines().filter(line -> line.startsWith("Countess Ada: ")).count(),
            "Each entry has the name that the directory gave.");
  }

  private static GuestBook book() {
    return new GuestBook(guest -> guest);
  }

  @Check(
      step = 4,
      value = "lets others sign while a visitor reads slowly",
      points = 2,
      read = "chapter 16, \"What people get wrong\"")
  void slowReader() throws Exception {
    var book = book();
    var other = book();
    book.sign("Ada", "hello");
    passes(book, "another signs", () -> book.sign("Bob", "me too"));
    passes(book, "another counts", () -> book.count("Ada"));
    passes(book, "another reads", () -> book.read(new ByteArrayOutputStream()));
    passes(book, "the book is moved", () -> GuestBook.moveAll(book, other));
    book.sign("Ada", "back");
    try {
      book.read(
          new SlowVisitor(() -> {
            throw new IOException("the visitor is gone");
          }));
    } catch (IOException gone) {
      book.sign("Bob", "still here");
      return;
    } catch (RuntimeException wrapped) {
      // the same as no exception: not what is promised
    }
    throw given("a visitor who is gone when the first byte is written")
        .wrong("an IOException", "no IOException", "Who called read must learn that it failed.");
  }

  /** What {@code read} itself makes of it, is for the next step. */
  private static void passes(GuestBook book, String what, Executable task) {
    var visitor = new SlowVisitor(() -> ends(what, task));
    try {
      book.read(visitor);
    } catch (IOException | RuntimeException later) {
      // for the next step
    }
  }

  private static void ends(String what, Executable task) {
    var done = new CountDownLatch(1);
    Thread.ofVirtual()
        .name(what)
        .start(() -> {
          try {
            task.execute();
            done.countDown();
          } catch (Throwable failed) {
            // it did not end as it should: the same as not at all
          }
        });
    try {
      if (done.await(NOBODY_WAITS_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    throw given("a visitor who does not take the first byte, and meanwhile " + what)
        .wrong(
            "that ends",
            "that waits",
            "read holds a lock while it writes to the visitor. One who does not read holds the lock"
                + " for ever, and with it everybody else. Copy under the lock; write without it.");
  }

  @Check(
      step = 5,
      value = "reads the book as it was at the call",
      points = 1,
      read = "chapter 16, \"What people get wrong\"")
  void snapshot() throws Exception {
    wantsAsItWas("another signs", book -> book.sign("Cid", "late"));
    wantsAsItWas("the book is moved away", book -> GuestBook.moveAll(book, book()));
  }

  private interface Change {
    void to(GuestBook book);
  }

  private static void wantsAsItWas(String what, Change change) throws Exception {
    var book = book();
    for (int i = 0; i < 500; i++) book.sign("Ada", "line " + i);
    var before = read(book);
    var visitor = new SlowVisitor(() -> change.to(book));
    var given = given("500 entries; " + what + " when the first byte of them is written");
    try {
      book.read(visitor);
    } catch (RuntimeException failed) {
      throw given.wrong(
          "all 500 entries",
          "read throws " + failed.getClass().getSimpleName(),
          "A list that is changed while somebody walks along it fails, or shows half of the change."
              + " Walk along a copy.");
    }
    if (visitor.heard().equals(before)) return;
    throw given.wrong(
        "all 500 entries, and nothing else",
        "%,d lines".formatted(visitor.heard().lines().count()),
        "This reading began before the change and ends after it: it is neither the old book nor the"
            + " new one. Take a copy at once, at the beginning.");
  }

  @Check(
      step = 6,
      value = "moves entries in both directions at once, and loses none",
      points = 2,
      read = "chapter 16, \"What people get wrong\"")
  @Timeout(value = 8, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void bothWays() throws Throwable {
    var north = book();
    var south = book();
    north.sign("Ada", "hello");
    Guests.meet(() -> GuestBook.moveAll(north, south), () -> GuestBook.moveAll(south, north));
    var signed = new AtomicInteger(1);
    Guests.meet(
        () -> GuestBook.moveAll(north, south),
        () -> {
          north.sign("Ada", "hello");
          signed.incrementAndGet();
        });
    given(
            "a book that is moved away, again and again, while it is signed %,d times"
                .formatted(signed.get()))
        .wants(
            "%,d entries in both books together".formatted(signed.get()),
            "%,d entries in both books together".formatted(north.count("Ada") + south.count("Ada")),
            "What is signed between copying and clearing is cleared and was not copied. Take the"
                + " entries out in one go, under the lock of their book.");
  }

  @Check(
      step = 7,
      value = "leaves a book alone that is its own goal",
      points = 1,
      read = "chapter 16, \"What people get wrong\"")
  void itself() throws Exception {
    var book = book();
    book.sign("Ada", "one");
    book.sign("Bob", "two");
    GuestBook.moveAll(book, book);
    given("a book of two entries that is moved into itself")
        .wants(
            "Ada: one␊Bob: two␊",
            visible(read(book)),
            "Here from and to are one book. What is appended first and cleared then is gone; what"
                + " is appended to itself is there twice.");
  }

  private static String read(GuestBook book) throws IOException {
    var out = new ByteArrayOutputStream();
    book.read(out);
    return out.toString(UTF_8);
  }

  private static String visible(String text) {
    return text.replace("\n", "␊");
  }
}
