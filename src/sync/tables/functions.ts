/*
 * What the statements derive from a record, as functions of PostgreSQL, so that the derivation exists once and runs
 * where the records are. Members of an unexpected shape derive nothing.
 */

/** The statements that create the functions. */
export function functionStatements(schema: string): string[] {
  return [
    `
create or replace function ${schema}.texts_of(list jsonb) returns setof text
language sql immutable parallel safe as $$
  select item #>> '{}'
  from jsonb_array_elements(case when jsonb_typeof(list) = 'array' then list else '[]' end) as item
  where jsonb_typeof(item) = 'string' and item #>> '{}' <> ''
$$`,
    `
create or replace function ${schema}.roles_of(person jsonb) returns setof text
language sql immutable parallel safe as $$
  select role.key
  from jsonb_each(case when jsonb_typeof(person -> 'roles') = 'object' then person -> 'roles' else '{}' end) as role
  where jsonb_typeof(role.value) = 'object'
$$`,
    `
create or replace function ${schema}.schools_of(person jsonb) returns setof text
language sql immutable parallel safe as $$
  select distinct school
  from jsonb_each(case when jsonb_typeof(person -> 'roles') = 'object' then person -> 'roles' else '{}' end) as role,
    ${schema}.texts_of(
      case when jsonb_typeof(role.value -> 'schools') = 'array' then role.value -> 'schools' else '[]' end
        || case when jsonb_typeof(role.value -> 'school') = 'string' then role.value -> 'school' else '[]' end
    ) as school
$$`,
    `
create or replace function ${schema}.enrollments_of(section jsonb)
returns table (user_id text, role text, is_primary boolean)
language sql immutable parallel safe as $$
  select student, 'student', false
  from ${schema}.texts_of(section -> 'students') as student
  group by student
  union all
  select teacher, 'teacher', coalesce(teacher = section ->> 'teacher', false)
  from (
    select teacher from ${schema}.texts_of(section -> 'teachers') as teacher
    union
    select section ->> 'teacher' where jsonb_typeof(section -> 'teacher') = 'string' and section ->> 'teacher' <> ''
  ) as its_teacher (teacher)
$$`,
    `
create or replace function ${schema}.students_of(contact jsonb) returns table (student_id text, relationship text)
language sql immutable parallel safe as $$
  select distinct on (item ->> 'student') item ->> 'student', item ->> 'relationship'
  from jsonb_array_elements(
    case
      when jsonb_typeof(contact #> '{roles,contact,student_relationships}') = 'array'
      then contact #> '{roles,contact,student_relationships}'
      else '[]'
    end
  ) with ordinality as entry (item, place)
  where jsonb_typeof(item -> 'student') = 'string' and item ->> 'student' <> ''
  order by item ->> 'student', place
$$`,
    `
create or replace function ${schema}.changed_members(before jsonb, after jsonb, prefix text default '') returns text[]
language plpgsql immutable parallel safe as $$
declare
  names text[] := '{}';
  member record;
begin
  for member in
    select name, one.value as before, other.value as after
    from jsonb_each(before) as one (name, value)
    full join jsonb_each(after) as other (name, value) using (name)
    where one.value is distinct from other.value
    order by name
  loop
    if jsonb_typeof(member.before) = 'object' and jsonb_typeof(member.after) = 'object' then
      names := names || ${schema}.changed_members(member.before, member.after, prefix || member.name || '.');
    else
      names := array_append(names, prefix || member.name);
    end if;
  end loop;
  return names;
end
$$`,
  ];
}
