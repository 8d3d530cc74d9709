import * as z from 'zod';

/** Whether two types are identical, including optionality and `null`. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type MemberSchema<Value> = z.ZodType<Value, Value>;

type ShapeOf<T> = {
  [Key in keyof T]-?: Record<never, never> extends Pick<T, Key>
    ? z.ZodExactOptional<MemberSchema<Exclude<T[Key], undefined>>>
    : MemberSchema<T[Key]>;
};

/**
 * The schema of an object that Clever sends.
 *
 * It is an ordinary zod object: `.extend`, `.pick`, `.shape` and `.safeParse` work. The type has the
 * documented members; at run time the schema is loose, so members that Clever adds later are kept.
 *
 * @typeParam T - The documented interface. The compiler proves the schema equal to it.
 */
export type ObjectSchema<T> = z.ZodObject<ShapeOf<T>, z.core.$strip>;

type Output<Shape extends z.core.$ZodLooseShape> = z.core.$InferObjectOutput<Shape, Record<never, never>>;
type Input<Shape extends z.core.$ZodLooseShape> = z.core.$InferObjectInput<Shape, Record<never, never>>;

/** `Shape` itself where zod infers from it what `T` declares, member by member; an error on the member elsewhere. */
type Proven<Shape extends z.core.$ZodShape, T> = {
  [Key in keyof T]-?: Key extends keyof Shape
    ? [Same<Output<Pick<Shape, Key>>, Pick<T, Key>>, Same<Input<Pick<Shape, Key>>, Pick<T, Key>>] extends [true, true]
      ? Shape[Key]
      : { 'this schema is not equal to': Pick<T, Key> }
    : MemberSchema<T[Key]>;
} & { [Key in Exclude<keyof Shape, keyof T>]: never };

/** The result of {@link loose}: zod's own inference, without the index signature of a loose object. */
type LooseObject<Shape extends z.core.$ZodShape> = z.ZodObject<Shape, z.core.$strip>;

/**
 * Returns the schema of a loose object, typed without an index signature.
 *
 * zod types a loose object with `[key: string]: unknown`, which would hide typos in documented members, so
 * the type omits it. Unknown members are still kept.
 */
export function loose<Shape extends z.core.$ZodShape>(shape: Shape): LooseObject<Shape> {
  return z.looseObject(shape) as unknown as LooseObject<Shape>;
}

/**
 * Returns the schema of a loose object that the compiler proves equal to a handwritten interface: a member
 * that is missing, superfluous, wider, narrower or differently optional does not compile. Transforms and
 * defaults do not compile either, because input and output must be the same.
 *
 * It is called twice, because TypeScript cannot infer one type argument while the other is given:
 * `looseRecord<Term>()({ … })`.
 */
export function looseRecord<T extends object>() {
  return <Shape extends z.core.$ZodShape>(shape: Shape & Proven<Shape, T>): ObjectSchema<T> =>
    z.looseObject(shape) as unknown as ObjectSchema<T>;
}

/**
 * Returns the schema of a member that Clever does not guarantee: it may be missing or `null`. (An unknown
 * string is usually `''`, which every string schema here accepts.) `undefined` is not a JSON value and is
 * refused.
 */
export function optional<Schema extends z.core.SomeType>(schema: Schema): z.ZodExactOptional<z.ZodNullable<Schema>> {
  return z.exactOptional(z.nullable(schema));
}
