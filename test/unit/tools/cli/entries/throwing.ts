throw new Error('No configuration.\nSecond line.');
