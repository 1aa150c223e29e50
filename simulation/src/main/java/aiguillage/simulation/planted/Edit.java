package aiguillage.simulation.planted;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// A small change to one kind of instruction.
///
/// @param isMeant whether an instruction is of the kind
/// @param instead writes what is to stand in its place
record Edit(Predicate<CodeElement> isMeant, BiConsumer<CodeBuilder, CodeElement> instead) {

    private static Predicate<CodeElement> isCall(String owner, String name) {
        return element -> element instanceof InvokeInstruction call
                && call.name().equalsString(name)
                && call.owner().asSymbol().displayName().equals(owner);
    }

    /// A call is not made; where it would give something, it gives nothing, zero or false.
    static Edit skip(String owner, String name) {
        return new Edit(isCall(owner, name), (code, element) -> {
            var call = (InvokeInstruction) element;
            MethodTypeDesc type = call.typeSymbol();
            for (int i = type.parameterCount() - 1; i >= 0; i--) {
                pop(code, type.parameterType(i));
            }
            if (call.opcode() != Opcode.INVOKESTATIC) {
                code.pop();
            }
            zero(code, TypeKind.from(type.returnType()));
        });
    }

    /// A call goes to the method of this name in [Bugs], with the receiver as its first argument.
    static Edit call(String owner, String name, String bug) {
        Method method = Arrays.stream(Bugs.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(bug))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no bug " + bug));
        ClassDesc[] takes =
                Arrays.stream(method.getParameterTypes()).map(Edit::described).toArray(ClassDesc[]::new);
        MethodTypeDesc type = MethodTypeDesc.of(described(method.getReturnType()), takes);
        return new Edit(isCall(owner, name), (code, element) -> code.invokestatic(described(Bugs.class), bug, type));
    }

    private static ClassDesc described(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /// A whole number is another.
    static Edit constant(long value, long other) {
        return new Edit(
                element -> element instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof Long number
                        && number == value,
                (code, element) -> code.loadConstant(other));
    }

    /// A small whole number, or a truth, is another.
    static Edit small(int value, int other) {
        return new Edit(
                element -> element instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof Integer number
                        && number == value,
                (code, element) -> code.loadConstant(other));
    }

    /// A field keeps its value.
    static Edit keep(String field) {
        return new Edit(
                element -> element instanceof FieldInstruction put
                        && put.opcode() == Opcode.PUTFIELD
                        && put.name().equalsString(field),
                (code, element) -> {
                    pop(code, ((FieldInstruction) element).typeSymbol());
                    code.pop();
                });
    }

    /// A comparison of two whole numbers comes out equal, whatever they are.
    static Edit equal() {
        return new Edit(
                element -> element instanceof BranchInstruction branch && branch.opcode() == Opcode.IF_ICMPEQ,
                (code, element) -> code.pop2().goto_(((BranchInstruction) element).target()));
    }

    private static void pop(CodeBuilder code, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    private static void zero(CodeBuilder code, TypeKind kind) {
        switch (kind) {
            case VOID -> {
                // gives nothing
            }
            case REFERENCE -> code.aconst_null();
            case LONG -> code.lconst_0();
            case DOUBLE -> code.dconst_0();
            case FLOAT -> code.fconst_0();
            default -> code.iconst_0();
        }
    }
}
