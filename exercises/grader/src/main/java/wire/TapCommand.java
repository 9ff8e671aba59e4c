///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS info.picocli:picocli:4.7.7
//SOURCES *.java
//SOURCES ../grader/Bytes.java
//JAVAC_OPTIONS -proc:none
//RUNTIME_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1
//DESCRIPTION Shows what passes between a client and a server, and disturbs it
package wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wire.DatagramDisturbance.Chance;
import wire.DatagramDisturbance.Drop;
import wire.DatagramDisturbance.Duplicate;
import wire.DatagramDisturbance.Reorder;
import wire.StreamDisturbance.AcceptLate;
import wire.StreamDisturbance.HalfCloseAfter;
import wire.StreamDisturbance.ResetAfter;
import wire.StreamDisturbance.Split;
import wire.StreamDisturbance.SplitAt;
import wire.StreamDisturbance.SplitRandomly;
import wire.StreamDisturbance.StallAfter;
import wire.StreamDisturbance.Throttle;

/** A tap, used by hand. */
@Command(
    name = "./jbang tap",
    customSynopsis = "./jbang tap LISTEN TARGET [OPTION...]",
    sortOptions = false,
    description =
        "Stands between clients and a server, shows what passes, and disturbs it. Ctrl-C ends it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:LISTEN is taken, or is not this machine's",
      "2:usage error, or an unknown host",
      "4:the recording can't be written",
      "130:ended by Ctrl-C"
    },
    footerHeading = "%n",
    footer = "For example, a server's bytes one at a time: ./jbang tap 9000 8080 --split 1")
public final class TapCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int TAKEN = 1;
  static final int USAGE = 2;
  static final int UNWRITTEN = 4;
  private static final int COLUMNS = 80;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Enter enter = new Enter();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "LISTEN",
      description = "Where clients call: PORT, HOST:PORT or a path. Port 0 takes any free one.")
  private String listen;

  @Parameters(
      paramLabel = "TARGET",
      description = "Where the server is: PORT, HOST:PORT, or the path of a Unix socket.")
  private String target;

  @Option(
      names = "--from",
      paramLabel = "SIDE",
      defaultValue = "both",
      description = "Disturb what this side sends: client, server or both (default).")
  private String from;

  @Option(
      names = "--split",
      paramLabel = "N",
      description = "In pieces of N bytes, each when the one before has been read.")
  private Integer split;

  @Option(
      names = "--split-at",
      paramLabel = "K,K",
      split = ",",
      hideParamSyntax = true,
      description = "Cut before these offsets.")
  private List<Long> splitAt;

  @Option(names = "--split-random", paramLabel = "N", description = "In pieces of 1 to N bytes.")
  private Integer splitRandom;

  @Option(
      names = "--stall-after",
      paramLabel = "K",
      description = "Pass K bytes, then nothing until you press Enter.")
  private Long stallAfter;

  @Option(names = "--throttle", paramLabel = "N", description = "At most N bytes per second.")
  private Long throttle;

  @Option(
      names = "--half-close-after",
      paramLabel = "K",
      description = "Pass K bytes, then the end (FIN); drop the rest.")
  private Long halfCloseAfter;

  @Option(
      names = "--reset-after",
      paramLabel = "K",
      description = "Pass K bytes, then cut the connection (RST).")
  private Long resetAfter;

  @Option(
      names = "--accept-late",
      paramLabel = "MS",
      description = "Take the client's call, and call the server so much later.")
  private Integer acceptLate;

  @Option(names = "--udp", description = "Datagrams in place of connections.")
  private boolean udp;

  @Option(names = "--drop", paramLabel = "P", description = "Lose datagrams with probability P.")
  private Double drop;

  @Option(names = "--duplicate", paramLabel = "P", description = "Pass them twice.")
  private Double duplicate;

  @Option(names = "--reorder", paramLabel = "P", description = "Pass them after the next one.")
  private Double reorder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Choose as in the run with the same seed. Default: 1.")
  private long seed = 1;

  @Option(names = "--record", paramLabel = "FILE", description = "Write the recording there.")
  private Path record;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say how it is used.")
  private boolean help;

  TapCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  public static void main(String... arguments) {
    var command = new TapCommand(System.in, System.out, System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(command::stop));
    int code = command.execute(arguments);
    if (command.stopped.getCount() > 0) System.exit(code); // else the JVM is on its way out
  }

  int execute(String... arguments) {
    try {
      var line = new CommandLine(this);
      line.setUsageHelpWidth(COLUMNS);
      line.setOut(new PrintWriter(out, true));
      line.setParameterExceptionHandler(
          (wrong, _) -> complain(USAGE, wrong.getMessage() + " (see --help)"));
      return line.execute(arguments);
    } finally {
      ended.countDown();
    }
  }

  /** Ends the tap, and returns when all is written. */
  void stop() {
    stopped.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    var plan = plan();
    if (record != null && !written("")) return UNWRITTEN; // now is the time to learn that
    Recording recording;
    try (var tap = plan.open()) {
      var address = Endpoint.name(tap.address());
      out.println("Tap on %s, in front of %s. Ctrl-C ends it.".formatted(address, target));
      if (stallAfter != null) Thread.startVirtualThread(this::releaseAtEnter);
      stopped.await();
      recording = tap.recording();
    } catch (IOException taken) {
      return complain(TAKEN, "cannot listen on " + listen + ": " + taken.getMessage());
    }
    return record == null || written(recording.text()) ? DONE : UNWRITTEN;
  }

  private Plan<?> plan() {
    try {
      var server = Endpoint.parse(target);
      if (server instanceof InetSocketAddress inet && inet.getPort() == 0) {
        throw new IllegalArgumentException("no server has port 0");
      }
      var plan = udp ? datagrams(server) : streams(server);
      var line = new EventLine(COLUMNS, out.charset());
      return plan.listenOn(Endpoint.parse(listen)).onEvent(event -> out.println(line.of(event)));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), wrong.getMessage());
    }
  }

  private Plan<?> streams(SocketAddress server) {
    var disturbances = new ArrayList<StreamDisturbance>();
    if (split != null) disturbances.add(new Split(split));
    if (splitAt != null) disturbances.add(new SplitAt(splitAt));
    if (splitRandom != null) disturbances.add(new SplitRandomly(splitRandom, seed));
    if (stallAfter != null) disturbances.add(new StallAfter(stallAfter, enter));
    if (throttle != null) disturbances.add(new Throttle(throttle));
    if (halfCloseAfter != null) disturbances.add(new HalfCloseAfter(halfCloseAfter));
    if (resetAfter != null) disturbances.add(new ResetAfter(resetAfter));
    if (drop != null || duplicate != null || reorder != null) {
      throw new IllegalArgumentException("--drop, --duplicate and --reorder need --udp");
    }
    var plan = from(Tap.to(server), disturbances);
    if (acceptLate != null) {
      if (acceptLate < 0) throw new IllegalArgumentException("--accept-late " + acceptLate);
      plan.from(Side.SERVER, new AcceptLate(Gate.after(Duration.ofMillis(acceptLate))));
    }
    return plan;
  }

  private Plan<?> datagrams(SocketAddress server) {
    var disturbances = new ArrayList<DatagramDisturbance>();
    if (drop != null) disturbances.add(new Drop(new Chance(drop, seed)));
    if (duplicate != null) disturbances.add(new Duplicate(new Chance(duplicate, seed)));
    if (reorder != null) disturbances.add(new Reorder(new Chance(reorder, seed)));
    if (Stream.of(split, splitAt, splitRandom, stallAfter, throttle).anyMatch(Objects::nonNull)
        || Stream.of(halfCloseAfter, resetAfter, acceptLate).anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException("--udp goes with --drop, --duplicate and --reorder alone");
    }
    if (!(server instanceof InetSocketAddress inet) || listen.contains("/")) {
      throw new IllegalArgumentException("--udp needs ports, not Unix sockets");
    }
    return from(Tap.datagramsTo(inet), disturbances);
  }

  private <D> Plan<D> from(Plan<D> plan, List<D> disturbances) {
    return switch (from) {
      case "client" -> plan.from(Side.CLIENT, disturbances);
      case "server" -> plan.from(Side.SERVER, disturbances);
      case "both" -> plan.from(Side.CLIENT, disturbances).from(Side.SERVER, disturbances);
      default -> throw new IllegalArgumentException("--from client, server or both, not " + from);
    };
  }

  private void releaseAtEnter() {
    try {
      for (int typed; (typed = in.read()) >= 0; ) {
        if (typed == '\n') enter.release();
      }
    } catch (IOException closed) {
      // There is no keyboard any more: what is stalled stays so.
    }
  }

  private boolean written(String text) {
    try {
      Files.writeString(record, text);
      return true;
    } catch (IOException unwritten) {
      complain(UNWRITTEN, "cannot write " + record);
      return false;
    }
  }

  private int complain(int code, String message) {
    err.println("tap: " + message.lines().findFirst().orElse(""));
    return code;
  }

  /** Shut, but for those who wait when it is released. */
  private static final class Enter implements Gate {
    private long releases;

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public synchronized void pass(Clock clock) throws InterruptedException {
      for (long before = releases; releases == before; ) wait();
    }

    synchronized void release() {
      releases++;
      notifyAll();
    }
  }
}
