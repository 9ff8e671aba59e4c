///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DESCRIPTION What inetd does: a connection becomes the input and the output of a new process (Linux)
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED
// Beside lesson 18: the connection itself goes to a new process, and we are out of the way.
//   ./jbang inetd PORT COMMAND...          a process for each caller, ten at most; port 0: any
//   ./jbang inetd 8018 ./jbang 18 child    the dialogue. In a second terminal:
//   ./jbang nc localhost 8018              say who, or exit
//   ./jbang inetd 8018 sort                a program that has never heard of connections
// Look for the process in the answer to who: kill ours, and it goes on talking.
import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.*;

static final int MAX_CHILDREN = 10;
static final int PAUSE_MILLIS = 100;

void main(String... args) throws InterruptedException {
  if (args.length < 2 || !args[0].matches("[0-9]{1,5}") || Integer.parseInt(args[0]) > 65535)
    stop(2, "usage: ./jbang inetd PORT COMMAND...");
  if (!System.getProperty("os.name").equals("Linux"))
    stop(1, "inetd needs Linux: other systems number things otherwise.");
  try {
    serve(listen(Integer.parseInt(args[0])), List.of(args).subList(1, args.length));
  } catch (IOException failed) {
    stop(1, "Cannot serve on port " + args[0] + ": " + failed.getMessage());
  }
}

void stop(int exitCode, String line) {
  System.err.println(line);
  System.exit(exitCode);
}

// tag::serve[]
void serve(int listener, List<String> command) throws InterruptedException {
  var places = new Semaphore(MAX_CHILDREN);
  while (true) {
    places.acquire(); // first a place, then a caller for it
    try {
      int caller = call("accept", listener, NULL, NULL);
      try {
        int child = spawn(command, caller);
        IO.println("Started process " + child);
        Thread.ofPlatform().start(() -> reap(child, places)); // waitpid would keep a carrier
      } finally {
        call("close", caller); // ours alone: while one is open, the caller sees no end
      }
    } catch (IOException failed) { // no such command, or too many open files
      IO.println("Failed: " + failed.getMessage());
      places.release();
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}

void reap(int child, Semaphore places) {
  try (var arena = Arena.ofConfined()) {
    var status = arena.allocate(JAVA_INT);
    call("waitpid", child, status, 0); // until somebody asks, it is a zombie
    int signal = status.get(JAVA_INT, 0) & 127;
    int exitCode = signal == 0 ? status.get(JAVA_INT, 0) >> 8 : 128 + signal; // as a shell has it
    IO.println("Ended process %d, exit code %d".formatted(child, exitCode));
  } catch (IOException failed) {
    IO.println("Failed: " + failed.getMessage());
  } finally {
    places.release();
  }
}

// end::serve[]

// tag::spawn[]
/** Starts a process whose descriptors 0 and 1 are the caller; gives its number. */
int spawn(List<String> command, int caller) throws IOException {
  try (var arena = Arena.ofConfined()) {
    var environment = System.getenv().entrySet().stream().map(Object::toString); // PATH=...
    var child = arena.allocate(JAVA_INT);
    var actions = arena.allocate(256, 8); // 80 bytes in glibc; what is in them is its affair
    call("posix_spawn_file_actions_init", actions);
    try {
      call("posix_spawn_file_actions_adddup2", actions, caller, 0); // what it reads
      call("posix_spawn_file_actions_adddup2", actions, caller, 1); // what it prints
      call("posix_spawn_file_actions_addclosefrom_np", actions, 3); // nothing else of ours
      var words = strings(arena, command);
      var program = words.get(ADDRESS, 0); // the p in the name: it is looked for in PATH
      var variables = strings(arena, environment.toList());
      call("posix_spawnp", child, program, actions, NULL, words, variables);
    } finally {
      call("posix_spawn_file_actions_destroy", actions);
    }
    return child.get(JAVA_INT, 0);
  }
}

/** An array as C has it: addresses of strings, and a null behind the last. */
static MemorySegment strings(Arena arena, List<String> words) {
  var array = arena.allocate(ADDRESS, words.size() + 1);
  for (int i = 0; i < words.size(); i++)
    array.setAtIndex(ADDRESS, i, arena.allocateFrom(words.get(i)));
  return array;
}

// end::spawn[]

static final int INET = 2, STREAM = 1, SOL_SOCKET = 1, SO_REUSEADDR = 2;

/** By hand, as in lesson 14: a Java socket keeps the number of its descriptor to itself. */
static int listen(int port) throws IOException {
  int listener = call("socket", INET, STREAM, 0);
  try (var arena = Arena.ofConfined()) {
    call("setsockopt", listener, SOL_SOCKET, SO_REUSEADDR, arena.allocateFrom(JAVA_INT, 1), 4);
    var address = arena.allocate(16, 4); // struct sockaddr_in: family, port, address
    address.set(JAVA_SHORT, 0, (short) INET);
    address.asByteBuffer().position(2).putChar((char) port).putInt(0x7F000001); // big endian
    call("bind", listener, address, 16);
    call("listen", listener, 50);
    call("getsockname", listener, address, arena.allocateFrom(JAVA_INT, 16));
    IO.println("Listening on localhost:" + (int) address.asByteBuffer().getChar(2));
  }
  return listener;
}

/** Calls a function of the C library. Where it fails, this says so. */
static int call(String name, Object... arguments) throws IOException {
  var types = Stream.of(arguments).map(each -> each instanceof Integer ? JAVA_INT : ADDRESS);
  var linker = Linker.nativeLinker();
  var function =
      linker.downcallHandle(
          linker.defaultLookup().find(name).orElseThrow(() -> new IOException("no " + name)),
          FunctionDescriptor.of(JAVA_INT, types.toArray(MemoryLayout[]::new)),
          Linker.Option.captureCallState("errno"));
  int result, errno;
  try (var arena = Arena.ofConfined()) {
    var captured = arena.allocate(Linker.Option.captureStateLayout());
    var spread = function.asSpreader(Object[].class, arguments.length);
    result = (int) spread.invoke(captured, arguments);
    errno = captured.get(JAVA_INT, 0);
  } catch (Throwable notLinked) {
    throw new LinkageError(name, notLinked);
  }
  if (name.startsWith("posix_spawn")) errno = result; // these return it
  else if (result != -1) errno = 0;
  if (errno != 0) throw new IOException(name + ": errno " + errno);
  return result;
}
