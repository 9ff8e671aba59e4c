package ch03;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Stands between the virtual machine and the name servers. While it watches, a name that is looked
 * up is noted, and is unknown: no question leaves this machine.
 *
 * <p>Java picks its resolver at the first lookup of all. If that was before the checks began,
 * nothing is noted. The grader gives an exercise a virtual machine of its own.
 */
public final class Lookups extends InetAddressResolverProvider {
  private static final String SERVICE =
      "META-INF/services/" + InetAddressResolverProvider.class.getName();
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static volatile boolean watching;

  /** For {@link java.util.ServiceLoader}. */
  public Lookups() {}

  static synchronized void watch() {
    watching = true;
    SEEN.clear();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(new Announcing(Lookups.class.getClassLoader()));
    try {
      InetAddress.getByName("no..name"); // no resolver asks for an empty label
    } catch (UnknownHostException asEverywhere) {
      // Java has a resolver now.
    } finally {
      thread.setContextClassLoader(before);
      SEEN.clear();
    }
  }

  /** The names and addresses that were looked up since {@link #watch}, and watches no longer. */
  static List<String> seen() {
    watching = false;
    return List.copyOf(SEEN);
  }

  @Override
  public InetAddressResolver get(Configuration java) {
    return new Watched(java.builtinResolver());
  }

  @Override
  public String name() {
    return "lookups";
  }

  private record Watched(InetAddressResolver resolver) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      if (!watching) return resolver.lookupByName(host, policy);
      SEEN.add(host);
      throw new UnknownHostException(host);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      if (!watching) return resolver.lookupByAddress(address);
      SEEN.add(InetAddress.getByAddress(address).getHostAddress());
      throw new UnknownHostException();
    }
  }

  /** Says to a service loader what a file on the class path would say. */
  private static final class Announcing extends ClassLoader {
    Announcing(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(announcement()))
          : super.findResources(name);
    }

    private static URL announcement() {
      try {
        var file = Files.createTempFile("resolver", "");
        file.toFile().deleteOnExit();
        return Files.writeString(file, Lookups.class.getName()).toUri().toURL();
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
    }
  }
}
