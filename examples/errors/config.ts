import { createCleverClient, hasCode } from 'clever-sdk';

try {
  createCleverClient({ pageSize: 0 });
} catch (error) {
  if (!hasCode(error, 'config')) {
    throw error;
  }
  console.warn(error.message);
}
