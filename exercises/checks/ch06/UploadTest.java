package ch06;

import static grader.Given.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

import ch06.Upload.DigestMismatch;
import ch06.Upload.QuotaExceeded;
import com.sun.management.ThreadMXBean;
import grader.Bytes;
import grader.Check;
import grader.Exercise;
import grader.Given;
import grader.Wire;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Exercise(id = "6.2", title = "Receive exactly", file = "ch06/Upload.java", level = 3, minutes = 45)
class UploadTest {
  private static final String SCAN = "JFIF: shelf 12, by daylight";
  private static final String OLDER = "JFIF: shelf 12, last year, before the great repainting";
  private static final String COMMAND = "post|shelf-13.jpg|51002\n";

  private static final long QUOTA = 1_000_000;
  private static final long GB = 1L << 30;
  private static final int MB = 1 << 20;

  @Check(
      step = 1,
      value = "stores what was sent, in place of an older file",
      points = 1,
      read = "chapter 6, \"Exactly so many bytes\"")
  void stores() throws Exception {
    for (int size : new int[] {SCAN.length(), 1, 7}) {
      var given = given("a file of 27 bytes, in packets of %d".formatted(size));
      try (var wire = Wire.open();
          var archive = new UploadFolder()) {
        try {
          receive(wire, wire.paced(cut(SCAN, size), Wire::sendEnd), SCAN, archive);
        } catch (DigestMismatch | EOFException wrong) {
          throw given.wrong(stored(SCAN), described(wrong), SHORT_READ);
        }
        var found = archive.found();
        given.wants(
            stored(SCAN),
            stored(found),
            found.equals("no file")
                ? "The call has returned, so the file has its name and a reader can open it."
                : SHORT_READ);
        wantsNothingElse(given, archive);
      }
    }
    try (var wire = Wire.open();
        var archive = new UploadFolder(OLDER)) {
      receive(wire, wire.paced(cut(SCAN, 9), Wire::sendEnd), SCAN, archive);
      var found = archive.found();
      given("a file of 27 bytes, for a name that has an older file of 54")
          .wants(
              stored(SCAN),
              stored(found),
              found.startsWith(OLDER)
                  ? "This looks like code that opens the target for append. The second upload of a"
                      + " name then makes a file that is neither of the two."
                  : "The new file takes the place of the older one, all of it.");
    }
    try (var wire = Wire.open();
        var archive = new UploadFolder()) {
      receive(wire, wire.paced(List.of(), Wire::sendEnd), "", archive);
      given("a file of 0 bytes")
          .wants(stored(""), stored(archive.found()), "An empty file is a file.");
    }
  }

  private static final String SHORT_READ =
      "This looks like code that takes one read() for one file, or a whole buffer for what a short"
          + " read() brought. TCP carries bytes, in pieces of any size; read() says how many.";

  @Check(
      step = 2,
      value = "leaves the next command in the stream",
      points = 2,
      read = "chapter 6, \"Exactly so many bytes\"")
  void nextCommand() throws Exception {
    var all = SCAN + COMMAND;
    for (int size : new int[] {all.length(), 10}) {
      var given =
          given(
              "a file of 27 bytes and the next command, "
                  + (size == all.length() ? "in one packet" : "in packets of 10"));
      try (var wire = Wire.open();
          var archive = new UploadFolder()) {
        var in = wire.paced(cut(all, size), Wire::sendEnd);
        try {
          receive(wire, in, SCAN, archive);
        } catch (DigestMismatch tooMuch) {
          throw given.wrong(
              "27 bytes stored", described(tooMuch), READS_ON + " The digest is one of 27 bytes.");
        }
        given.wants(stored(SCAN), stored(archive.found()), READS_ON);
        var left = Bytes.visible(in.readAllBytes());
        given.wants(
            "left in the stream: %s".formatted(Bytes.visible(COMMAND)),
            "left in the stream: %s".formatted(left),
            "What it took and does not store is lost to whoever reads the next command. This looks"
                + " like a BufferedInputStream, or a read that asks for a whole buffer: ask for no"
                + " more than is missing.");
      }
    }
  }

  private static final String READS_ON =
      "This looks like code that reads to the end of the stream. The connection carries more than"
          + " this file: the announced size is where it ends.";

  @Check(
      step = 3,
      value = "refuses what exceeds the quota before it reads a byte",
      points = 1,
      read = "chapter 6, \"Exactly so many bytes\"")
  void quota() throws Exception {
    for (long size : new long[] {SCAN.length(), 5 * GB, Long.MAX_VALUE}) {
      long quota = SCAN.length() - 1;
      var given = given("%,d bytes announced, with a quota of %,d".formatted(size, quota));
      try (var wire = Wire.open();
          var archive = new UploadFolder(OLDER)) {
        var in = new Counted(wire.paced(cut(SCAN, 9), Wire::sendEnd));
        given.throwing(
            QuotaExceeded.class,
            () -> Upload.receive(in, size, sha256(SCAN), quota, archive.target),
            "Without a limit one client fills the disk, and the archive is closed for all. The"
                + " announcement says enough to refuse.");
        given.wants(
            "0 bytes read",
            "%,d bytes read".formatted(in.taken),
            "This looks like code that reads until the quota is used up. The size was known before"
                + " the first byte; now the disk has carried for nothing what the network has.");
        wantsUntouched(given, archive);
      }
    }
    try (var wire = Wire.open();
        var archive = new UploadFolder()) {
      var in = wire.paced(cut(SCAN, 9), Wire::sendEnd);
      var given = given("27 bytes announced, with a quota of 27");
      try {
        Upload.receive(in, SCAN.length(), sha256(SCAN), SCAN.length(), archive.target);
      } catch (QuotaExceeded early) {
        throw given.wrong(
            "27 bytes stored",
            described(early),
            "The quota is what is allowed, and its last byte is. This looks like a comparison that"
                + " is off by one.");
      }
      given.wants(stored(SCAN), stored(archive.found()), "It is within the quota.");
    }
  }

  @Check(
      step = 4,
      value = "leaves no trace of an upload that breaks off",
      points = 2,
      read = "chapter 6, \"Exactly so many bytes\"")
  void breaksOff() throws Exception {
    for (int at : new int[] {0, 1, 13, SCAN.length() - 1}) {
      for (boolean older : new boolean[] {false, true}) {
        var where = "%d of 27 bytes, then ".formatted(at);
        var onto = older ? ", where an older file has the name" : "";
        var ended = given(where + "the end" + onto);
        try (var wire = Wire.open();
            var archive = older ? new UploadFolder(OLDER) : new UploadFolder()) {
          var before = archive.content();
          var in = wire.paced(cut(SCAN.substring(0, at), 9), Wire::sendEnd);
          ended.throwing(
              EOFException.class,
              () -> receive(wire, in, SCAN, archive),
              "The stream has ended and the file has not. -1 is no byte, and half a file is no"
                  + " file: the client has to learn that it must send again.");
          wantsAsBefore(ended, before, archive);
        }
        var reset = given(where + "a reset" + onto);
        try (var wire = Wire.open();
            var archive = older ? new UploadFolder(OLDER) : new UploadFolder()) {
          var before = archive.content();
          var in = wire.paced(cut(SCAN.substring(0, at), 9), Wire::reset);
          reset.throwing(
              IOException.class,
              () -> receive(wire, in, SCAN, archive),
              "The connection is lost, and read() has said so.");
          wantsAsBefore(reset, before, archive);
        }
      }
    }
  }

  private static void wantsAsBefore(Given given, String before, UploadFolder archive)
      throws IOException {
    given.wants(
        inFolder(before),
        inFolder(archive.content()),
        archive.others().isEmpty()
            ? "This looks like code that writes to the target itself. What was there is gone with"
                + " the first byte, and no clean-up brings it back. Write to a temporary file."
            : "What has come so far is left behind. A connection can end in a read that returns -1"
                + " and in one that throws, and a disk can fail as well: clean up on every way"
                + " out.");
  }

  @Check(
      step = 5,
      value = "proves the digest before the file gets its name",
      points = 1,
      read = "chapter 6, \"Exactly so many bytes\"")
  void digest() throws Exception {
    var damaged = SCAN.replace("daylight", "gaslight");
    for (boolean older : new boolean[] {false, true}) {
      var given =
          given(
              "27 bytes that are not those of the announced digest"
                  + (older ? ", where an older file has the name" : ""));
      try (var wire = Wire.open();
          var archive = older ? new UploadFolder(OLDER) : new UploadFolder()) {
        var before = archive.content();
        var in = wire.paced(cut(damaged + COMMAND, 10), Wire::sendEnd);
        given.throwing(
            DigestMismatch.class,
            () -> receive(wire, in, SCAN, archive),
            "So many bytes have come, and they are others. TCP's checksum has 16 bits, and sees"
                + " nothing of what a disk or a program has changed. The digest is there to be"
                + " compared.");
        given.wants(
            inFolder(before),
            inFolder(archive.content()),
            "A file that failed its proof leaves nothing, and takes nothing with it. Compare while"
                + " it still has its temporary name.");
        given.wants(
            "left in the stream: %s".formatted(Bytes.visible(COMMAND)),
            "left in the stream: %s".formatted(Bytes.visible(in.readAllBytes())),
            "The connection is in order: the next command can be read where this file ends.");
      }
    }
  }

  @Check(
      step = 6,
      value = "changes the file in one step",
      points = 2,
      read = "chapter 6, \"Exactly so many bytes\"")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD) // it waits for no client
  void oneStep() throws Exception {
    var big = SCAN.repeat(4_000);
    try (var archive = new UploadFolder(OLDER)) {
      var given = given("half of a file of 108,000 bytes");
      var in =
          new Interrupted(
              big,
              () -> {
                given.wants(
                    "a reader finds " + OLDER,
                    "a reader finds " + start(archive.found()),
                    "Readers come at any time. Until the new file is complete and proven they find"
                        + " the older one.");
                given.wants(
                    "a temporary file in the folder of the target",
                    archive.others().isEmpty()
                        ? "nothing new in the folder of the target"
                        : "a temporary file in the folder of the target",
                    "The bytes are in memory, or in a folder elsewhere. Elsewhere may be another"
                        + " disk, and to another disk nothing can be moved in one step: a move"
                        + " becomes a copy, which a reader sees half done.");
              });
      Upload.receive(in, big.length(), sha256(big), QUOTA, archive.target);
      in.wantsPaused(given);
      wantsNothingElse(given, archive);
    }

    sideBySide(big);

    try (var archive = new UploadFolder(OLDER)) {
      var watch = archive.watch();
      if (watch.isEmpty()) return;
      try (var watcher = watch.get();
          var wire = Wire.open()) {
        receive(wire, wire.paced(cut(SCAN, 9), Wire::sendEnd), SCAN, archive);
        given("an upload that replaces an older file, and Linux reports each change of the folder")
            .wants(
                "the name always has a file",
                watcher.sawTargetGo()
                    ? "for a moment the name has no file"
                    : "the name always has a file",
                "It was deleted first, and the new one was put in its place after that. Files.move"
                    + " with REPLACE_EXISTING does it so; a reader who comes in between finds"
                    + " nothing, and a server that stops there has neither file. ATOMIC_MOVE asks"
                    + " for one step (rename(2)).");
      }
    }
  }

  /** While one upload waits for its second half, another to the same name comes and is complete. */
  private static void sideBySide(String big) throws IOException {
    var given = given("two uploads to one name, the second within the first");
    var other = big.replace("daylight", "gaslight");
    try (var archive = new UploadFolder()) {
      var in =
          new Interrupted(
              big,
              () -> {
                var second = new Interrupted(other, () -> {});
                Upload.receive(second, other.length(), sha256(other), QUOTA, archive.target);
                given.wants(
                    "the second is stored",
                    archive.found().equals(other) ? "the second is stored" : "it is not",
                    COLLIDE);
              });
      try {
        Upload.receive(in, big.length(), sha256(big), QUOTA, archive.target);
      } catch (IOException collision) {
        throw given.wrong("both are stored", described(collision), COLLIDE);
      }
      in.wantsPaused(given);
      given.wants(
          "the first is stored, as it was sent",
          archive.found().equals(big) ? "the first is stored, as it was sent" : "it is damaged",
          COLLIDE);
      wantsNothingElse(given, archive);
    }
  }

  private static final String COLLIDE =
      "This looks like a temporary name that is the same for every upload, so that two of them"
          + " write into one file. Let the system find a name that nobody has.";

  @Check(
      step = 7,
      value = "takes the size for a claim",
      points = 1,
      read = "chapter 6, \"What people get wrong\"")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD) // for code that goes byte by byte
  void claim() throws Exception {
    for (long size : new long[] {100 * MB, 2 * GB - 1, 4 * GB + SCAN.length()}) {
      var given = given("%,d bytes announced and allowed, 27 sent, then the end".formatted(size));
      try (var wire = Wire.open();
          var archive = new UploadFolder()) {
        var in = wire.paced(cut(SCAN, 9), Wire::sendEnd);
        long before = allocated();
        try {
          Upload.receive(in, size, sha256(SCAN), 10 * GB, archive.target);
          throw given.wrong(
              "an EOFException",
              "a file of %,d bytes stored".formatted(archive.found().length()),
              "This looks like code that puts the size into an int. 4,294,967,323 does not fit;"
                  + " what is left of it is 27.");
        } catch (EOFException right) {
          wantsLittleMemory(given, allocated() - before);
        } catch (OutOfMemoryError tooMuch) {
          throw given.wrong("an EOFException", "OutOfMemoryError: " + tooMuch.getMessage(), TRUSTS);
        } catch (ArithmeticException | NegativeArraySizeException noInt) {
          throw given.wrong(
              "an EOFException",
              described(noInt),
              "This looks like code that puts the size into an int. Files of 2 GB and more are"
                  + " ordinary; a long counts them.");
        }
        given.wants(inFolder("no file"), inFolder(archive.content()), "Half a file is no file.");
      }
    }

    int size = 12 * MB;
    try (var archive = new UploadFolder()) {
      var film = "0".repeat(size);
      var digest = sha256(film);
      var in = new Interrupted(film, () -> {});
      long before = allocated();
      Upload.receive(in, size, digest, GB, archive.target);
      wantsLittleMemory(given("a file of 12 MB, announced and sent"), allocated() - before);
    }
  }

  private static final String TRUSTS =
      "This looks like code that makes room for as many bytes as were announced. To announce costs"
          + " one line: a few clients that send nothing else, and the memory is gone for all.";

  private static void wantsLittleMemory(Given given, long bytes) {
    if (bytes <= 4 * MB) return;
    throw given.wrong("less than 4 MB of memory", "%,d MB of memory".formatted(bytes / MB), TRUSTS);
  }

  /** By this thread, in bytes, since it began. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static void wantsNothingElse(Given given, UploadFolder archive) throws IOException {
    given.wants(
        "nothing else in the folder",
        archive.others().isEmpty() ? "nothing else in the folder" : archive.others() + " as well",
        "The temporary file is still there. Moved, it would be gone; a copy leaves it.");
  }

  private static void wantsUntouched(Given given, UploadFolder archive) throws IOException {
    given.wants(inFolder(OLDER), inFolder(archive.content()), "A refused upload changes nothing.");
  }

  /** The call, and in the timeline of the wire where it ended. */
  private static void receive(Wire wire, InputStream in, String announced, UploadFolder archive)
      throws IOException {
    try {
      Upload.receive(in, announced.length(), sha256(announced), QUOTA, archive.target);
      wire.mark("Here your code returned.");
    } catch (IOException thrown) {
      wire.mark("Here your code threw %s.".formatted(thrown.getClass().getSimpleName()));
      throw thrown;
    }
  }

  private static String described(Exception thrown) {
    return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
  }

  private static String stored(String content) {
    return content.equals("no file") ? content : "\"%s\" stored".formatted(content);
  }

  private static String inFolder(String content) {
    return "in the folder: " + content;
  }

  private static String start(String content) {
    return content.length() <= OLDER.length()
        ? content
        : "%,d bytes that begin %s".formatted(content.length(), content.substring(0, 13));
  }

  private static List<byte[]> cut(String text, int size) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < text.length(); at += size) {
      pieces.add(text.substring(at, Math.min(text.length(), at + size)).getBytes(US_ASCII));
    }
    return pieces;
  }

  private static byte[] sha256(String content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content.getBytes(US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
  }

  /** Counts what is taken from a stream. */
  private static final class Counted extends FilterInputStream {
    private long taken;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      if (next >= 0) taken++;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) taken += count;
      return count;
    }
  }

  private interface Pause {
    void happen() throws IOException;
  }

  /** A file on its way, and something that happens when half of it has been read. */
  private static final class Interrupted extends InputStream {
    private final byte[] content;
    private final Pause pause;
    private int taken;
    private boolean paused;

    Interrupted(String content, Pause pause) {
      this.content = content.getBytes(US_ASCII);
      this.pause = pause;
    }

    void wantsPaused(Given given) {
      given.wants(
          "all of it read", paused ? "all of it read" : taken + " bytes read", "It was all sent.");
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int half = content.length / 2;
      if (!paused && taken >= half) {
        paused = true;
        pause.happen();
      }
      int most = paused ? content.length : half;
      if (length == 0) return 0;
      if (taken == content.length) return -1;
      int count = Math.min(length, most - taken);
      System.arraycopy(content, taken, into, offset, count);
      taken += count;
      return count;
    }
  }
}
