package dev.poolwright.demo.otlp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A protobuf message as it is on the wire: fields by number. Enough to read the few that are asked for; the generated
 * classes would do the same, with 2.7 MB on the application's class path and a warning about Unsafe from newer JVMs.
 *
 * <p>Immutable. What is not protobuf is an {@link IllegalArgumentException}.
 */
final class WireMessage {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A number, or bytes; the other is 0 or empty. */
    private record Field(int number, long value, ByteBuffer bytes) {}

    private final List<Field> fields;

    private WireMessage(List<Field> fields) {
        this.fields = fields;
    }

    static WireMessage parse(byte[] message) {
        return parse(ByteBuffer.wrap(message));
    }

    private static WireMessage parse(ByteBuffer message) {
        ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                long tag = varint(in);
                fields.add(field((int) (tag >>> 3), (int) (tag & 7), in));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the message ends within a field", e);
        }
        return new WireMessage(fields);
    }

    private static Field field(int number, int type, ByteBuffer in) {
        return switch (type) {
            case VARINT -> new Field(number, varint(in), NOTHING);
            case FIXED64 -> new Field(number, in.getLong(), NOTHING);
            case FIXED32 -> new Field(number, in.getInt(), NOTHING);
            case BYTES -> new Field(number, 0, bytes(in));
            default -> throw new IllegalArgumentException("field " + number + " has the unknown wire type " + type);
        };
    }

    private static ByteBuffer bytes(ByteBuffer in) {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(length + " bytes announced, " + in.remaining() + " left");
        }
        ByteBuffer bytes = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    /** All messages in this field, the messages in the next field of each of those, and so on. */
    Stream<WireMessage> messages(int number, int... deeper) {
        Stream<WireMessage> found =
                fields.stream().filter(field -> field.number() == number).map(field -> parse(field.bytes()));
        for (int next : deeper) {
            found = found.flatMap(message -> message.messages(next));
        }
        return found;
    }

    /** The number in this field, its last one; 0 if there is none. */
    long number(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .mapToLong(Field::value)
                .reduce(0, (first, second) -> second);
    }

    /** The text in this field, its last one; empty if there is none. */
    String text(int number) {
        return StandardCharsets.UTF_8.decode(bytes(number)).toString();
    }

    /** The bytes in this field, its last ones; empty if there are none. */
    ByteBuffer bytes(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(Field::bytes)
                .reduce(NOTHING, (first, second) -> second)
                .duplicate();
    }
}
