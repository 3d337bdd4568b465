package dev.poolwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;

/**
 * The protocol by which HotSpot lets itself be attached to on Linux, for runtimes without module {@code jdk.attach}: the file
 * {@code .attach_pidN} and a SIGQUIT have it open a socket file, which takes commands of the same user.
 *
 * <p>Needs Java 16 for sockets that are files; called by reflection, this is compiled for 8.
 */
final class BareAttach {

    private static final long LONGEST_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long LOOK_MILLIS = 20;
    private static final int SIGQUIT = 3;

    private final String pid;

    BareAttach(String pid) {
        this.pid = pid;
    }

    void load(String jar, String arguments) throws IOException, ReflectiveOperationException {
        File socket = new File("/proc/" + pid + "/root/tmp/.java_pid" + innerPid());
        if (!socket.exists()) {
            haveItOpened(socket);
        }
        if (!Files.getOwner(socket.toPath()).equals(Files.getOwner(Paths.get("/proc", pid)))) {
            throw new IOException(socket + " belongs to somebody else");
        }
        String reply = send(socket, "1", "load", "instrument", "false", jar + "=" + arguments);
        // The first line is the result of the command, the second one that of the agent.
        if (!reply.startsWith("0") || reply.contains("\n1") || reply.contains("return code: 1")) {
            throw new IOException(reply.trim());
        }
    }

    private void haveItOpened(File socket) throws IOException {
        if (!isWaitingForSignal()) {
            throw new IOException("it takes no signal that would have it open " + socket
                    + ": it is starting, or runs with -Xrs, and the signal would end it");
        }
        File flag = new File("/proc/" + pid + "/cwd/.attach_pid" + innerPid());
        if (!flag.createNewFile() && !flag.exists()) {
            throw new IOException("cannot write " + flag);
        }
        try {
            for (long waited = 0; !socket.exists(); waited += LOOK_MILLIS) {
                if (waited >= LONGEST_MILLIS) {
                    throw new IOException("it does not open " + socket);
                }
                if (waited == 0 || waited == LONGEST_MILLIS / 2) {
                    quit();
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ended);
        } finally {
            if (!flag.delete()) {
                flag.deleteOnExit();
            }
        }
    }

    /** As its own container numbers it. */
    private String innerPid() throws IOException {
        String line = status("NSpid:");
        return line.isEmpty() ? pid : line.substring(line.lastIndexOf('\t') + 1).trim();
    }

    /** Whether SIGQUIT, which ends any other program, is caught. */
    private boolean isWaitingForSignal() throws IOException {
        String caught = status("SigCgt:").trim();
        return !caught.isEmpty() && (Long.parseUnsignedLong(caught, 16) & 1L << (SIGQUIT - 1)) != 0;
    }

    private String status(String name) throws IOException {
        for (String line : Files.readAllLines(Paths.get("/proc", pid, "status"))) {
            if (line.startsWith(name)) {
                return line.substring(name.length());
            }
        }
        return "";
    }

    private void quit() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
    }

    private static String send(File socket, String... words) throws IOException, ReflectiveOperationException {
        try {
            SocketAddress address = (SocketAddress) Class.forName("java.net.UnixDomainSocketAddress")
                    .getMethod("of", String.class)
                    .invoke(null, socket.getPath());
            Object family = Class.forName("java.net.StandardProtocolFamily")
                    .getField("UNIX")
                    .get(null);
            try (SocketChannel channel = (SocketChannel)
                    SocketChannel.class.getMethod("open", ProtocolFamily.class).invoke(null, family)) {
                channel.connect(address);
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                for (String word : words) {
                    request.write(word.getBytes(StandardCharsets.UTF_8));
                    request.write(0);
                }
                ByteBuffer out = ByteBuffer.wrap(request.toByteArray());
                while (out.hasRemaining()) {
                    channel.write(out);
                }
                return read(channel);
            }
        } catch (InvocationTargetException failure) {
            throw new IOException(failure.getCause());
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(1_024);
        while (channel.read(in) >= 0) {
            reply.write(in.array(), 0, in.position());
            in.clear();
        }
        return new String(reply.toByteArray(), StandardCharsets.UTF_8);
    }
}
