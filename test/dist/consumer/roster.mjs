// The smallest program that reads a roster; its bundle size is measured.
import { createCleverClient } from 'clever-sdk';

const { users } = createCleverClient().district({ token: process.env.CLEVER_DISTRICT_TOKEN });
for await (const user of users.list()) {
  console.log(user.id);
}
