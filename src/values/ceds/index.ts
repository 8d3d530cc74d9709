export * from './grade.js';
export * from './language.js';
export * from './race.js';
export * from './sex.js';
export * from './subject.js';
